import type { Request, Response } from 'express';
import type { KeptFields } from '../errors/kept-fields';

/** A page that an app shows in place of ours. */
export interface OtherPage {
  readonly template: string;
  readonly model: object;
}

/**
 * Port: what somebody is shown who sends a form when their session is over. Without one, or when it gives none, they see what they wrote, to be copied.
 *
 * It is asked only when the form brought the token of the visit, and everything that it brought can be kept: never for what another site made a browser send.
 */
export abstract class LostSession {
  abstract page(req: Request, res: Response, fields: KeptFields): OtherPage | undefined;
}
