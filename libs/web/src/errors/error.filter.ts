import { randomBytes } from 'node:crypto';
import { Catch, Inject, Logger, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionOver } from '../access/access.guard';
import { LostSession } from '../access/lost-session';
import { isApi } from '../json/is-api';
import { problemOf } from '../json/problem';
import { Languages } from '../language/languages';
import { PageRenderer } from '../pages/page-renderer';
import { contextIfOpen } from '../request-context';
import { FormTokens, tokenField } from '../safety/form-tokens';
import { webOptionsToken, type WebOptions } from '../web-options';
import { failureOf, type Failure } from './failure';
import { keptFields } from './kept-fields';

/** Answers every error: a calm page that says what to do, or problem JSON. Nothing of the error itself gets out. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Web');

  constructor(
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
    @Inject(webOptionsToken) private readonly options: WebOptions,
    private readonly tokens: FormTokens,
    @Optional() private readonly lostSession?: LostSession,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [req, res] = [http.getRequest<Request>(), http.getResponse<Response>()];
    const failure = failureOf(error, this.options);
    const incident = failure.status >= 500 ? this.log(error, failure) : undefined;
    if (res.headersSent) {
      // Half an answer cannot be taken back; cutting the connection at least shows the reader that it is not whole.
      res.destroy();
      return;
    }
    const retryAfter = failure.retryAfterSeconds ?? (failure.status === 503 ? 30 : undefined);
    if (retryAfter !== undefined) res.setHeader('retry-after', String(retryAfter));
    if (isApi(req)) this.answerProblem(res, failure);
    else if (failure.kind === 'sign_in_first' && req.method === 'GET' && this.options.signInPath !== undefined) {
      const because = error instanceof SessionOver ? '&over=yes' : '';
      res.redirect(303, `${this.options.signInPath}?next=${encodeURIComponent(req.originalUrl)}${because}`);
    } else if (!(failure.kind === 'sign_in_first' && this.answerLostSession(req, res, error instanceof SessionOver))) {
      this.answerPage(req, res, failure, incident);
    }
  }

  private answerProblem(res: Response, failure: Failure): void {
    const language = contextIfOpen(res)?.language ?? this.languages.first.code;
    res.status(failure.status).type('application/problem+json');
    res.end(JSON.stringify(problemOf(failure, this.languages, language)));
  }

  /** @returns false when the app has no page for it, or what was sent cannot be kept */
  private answerLostSession(req: Request, res: Response, isOver: boolean): boolean {
    const fields = keptFields(req, 'sign_in_first', this.options.unshownFields);
    const page = fields.complete ? this.lostSession?.page(req, res, fields, isOver) : undefined;
    if (page !== undefined) this.pages.render(res, page.template, page.model, 401);
    return page !== undefined;
  }

  private answerPage(req: Request, res: Response, failure: Failure, incident: string | undefined): void {
    try {
      const reason = failure.kind === 'token_lost' ? this.whyNothingIsShown(req) : undefined;
      const kept = reason === undefined ? this.kept(req, failure) : { written: [] };
      const kind = reason ?? this.shownKind(failure, req);
      const model = { kind, incident, signInPath: this.options.signInPath, ...kept };
      this.pages.render(res, 'errors/error.njk', model, failure.status);
    } catch (second) {
      this.log(second, failure);
      // Rendering itself is broken: a sentence without a template, in the first language.
      res.status(500).type('text/plain; charset=utf-8').end(this.languages.in(this.languages.first.code)('errors.failed.title'));
    }
  }

  /** A form whose token is lost may be another person's. */
  private whyNothingIsShown(req: Request): 'visit_over' | 'of_somebody_else' | undefined {
    if (!this.options.showsLostForms) return 'visit_over';
    const token = (req.body as Record<string, unknown> | undefined)?.[tokenField];
    return this.tokens.isOfSomebodyElse(req, token) ? 'of_somebody_else' : undefined;
  }

  /** Who only wanted to read something, or to come in, is not told about storing. What they sent just before may be what they wanted to see. */
  private shownKind({ kind }: Failure, req: Request): string {
    const isReading = req.method === 'GET';
    if (kind === 'failed' && isReading) return 'not_shown';
    if (kind === 'sealed_shut' && !isReading) return 'failed';
    if (kind !== 'unavailable') return kind;
    if (isReading) return 'unreachable';
    return req.path === this.options.signInPath ? 'no_sign_in' : kind;
  }

  /** Where nobody is signed in, the one at the device may be another than the one who wrote. */
  private kept(req: Request, failure: Failure) {
    if (failure.kind === 'sign_in_first') return { written: [], isBehind: req.method === 'POST' };
    const fields = keptFields(req, failure.kind, this.options.unshownFields);
    return {
      written: fields.written,
      // Sending it once more does what the person wanted in the first place. Not when another site sent it.
      resubmit: fields.complete && failure.kind === 'unavailable' ? fields.all : undefined,
    };
  }

  /**
   * Name, code and stack frames, under a number that the page shows too. Not the message: those of PostgreSQL and of
   * parsers quote what a person typed. In development the message is shown, because there the typing is one's own.
   */
  private log(error: unknown, failure: Failure): string {
    const incident = randomBytes(4).toString('hex');
    const { name, code, stack, message }: Error & { code?: unknown } = error instanceof Error ? error : new Error(typeof error);
    const frames = (stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n');
    const shownCode = typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` ${code}` : '';
    const shownMessage = this.options.mode === 'production' ? '' : ` ${message}`;
    this.logger.error(`${failure.status} incident ${incident}: ${name}${shownCode}${shownMessage}`, frames);
    return incident;
  }
}
