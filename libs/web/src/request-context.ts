import type { Response } from 'express';

/** What the pipeline found out about one request before any controller runs. */
export interface RequestContext {
  /** Language of the page or the problem; one of the configured codes. */
  language: string;
  /** See {@link keepQuery}. */
  keptQuery: Readonly<Record<string, string>>;
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

/**
 * Says which parameters of its address a page understood, as it understood them. The links to the other languages keep them, so that they lead to
 * the same tab. What else an address carries is never repeated in a page: it may be anything, a receipt in the worst case.
 * @param known by name; undefined for what was not given
 */
export function keepQuery(res: Response, known: Readonly<Record<string, string | undefined>>): void {
  const given = Object.entries(known).filter((pair): pair is [string, string] => pair[1] !== undefined);
  contextOf(res).keptQuery = Object.fromEntries(given);
}
