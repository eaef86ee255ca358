import type { Request, Response } from 'express';

export type Admission =
  | { readonly ok: true }
  /** `sign_in_first`: nobody is signed in. `session_over`: somebody was. `not_allowed`: somebody is, whose role lacks the permission. */
  | { readonly ok: false; readonly reason: 'sign_in_first' | 'session_over' | 'not_allowed' };

/**
 * Port: who may pass a route marked `@Requires(permission)`. An app that has such routes provides one, reads its
 * session cookie there and remembers who came for its controllers.
 */
export abstract class Doorkeeper {
  abstract admit(req: Request, res: Response, permission: string): Promise<Admission>;
}
