import type { Response } from 'express';

/** What the pipeline found out about one request before any controller runs. */
export interface RequestContext {
  /** Language of the page or the problem; one of the configured codes. */
  language: string;
  /** Nonce of the Content-Security-Policy of this answer. */
  readonly nonce: string;
}

// A WeakMap instead of `res.locals`, which is `any`: nothing else writes here, and the compiler knows the shape.
const contexts = new WeakMap<Response, RequestContext>();

/** Called once, at the start of the pipeline. */
export function openContext(res: Response, context: RequestContext): void {
  contexts.set(res, context);
}

/** @throws Error outside the pipeline of `configureWeb`. */
export function contextOf(res: Response): RequestContext {
  const context = contexts.get(res);
  if (!context) throw new Error('This answer did not pass through configureWeb(app).');
  return context;
}

/** The context, or undefined when the request broke before the pipeline opened one. For the error filter. */
export function contextIfOpen(res: Response): RequestContext | undefined {
  return contexts.get(res);
}

/**
 * Says this answer in another language than the browser asked for: the language of a staff member's account, of a
 * returning complainant's case. Codes that are not configured must be ruled out by the caller (`Languages.has`).
 */
export function answerIn(res: Response, language: string): void {
  contextOf(res).language = language;
}
