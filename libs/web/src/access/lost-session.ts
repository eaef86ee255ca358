import type { Request, Response } from 'express';
import type { KeptFields } from '../errors/kept-fields';

/** A page that an app shows in place of ours. */
export interface OtherPage {
  readonly template: string;
  readonly model: object;
}

/**
 * Port: what somebody is shown who sends a form when nobody is signed in. Without one, or when it gives none, they are told to press Back. What was written is shown in
 * neither: somebody else may have pressed the button.
 *
 * It is asked only when everything that the form brought can be kept, and never for what another site made a browser send.
 */
export abstract class LostSession {
  /** @param isOver whether somebody was signed in here, and their session is over */
  abstract page(req: Request, res: Response, fields: KeptFields, isOver: boolean): OtherPage | undefined;
}
