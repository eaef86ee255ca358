import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ReadSession, type SignedInStaff } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { Doorkeeper, SessionCookies, type Admission } from '@recourse/web';
import { mayPass } from './permissions';
import { isHandled, rememberStaff } from './present-staff';
import { sessionCookie } from './session-cookie';

/** Lets signed-in staff in: the cookie opens the session row, the session row opens their key. */
@Injectable()
export class StaffDoorkeeper extends Doorkeeper {
  constructor(
    private readonly readSession: ReadSession,
    private readonly cookies: SessionCookies,
    private readonly clock: Clock,
  ) {
    super();
  }

  async admit(req: Request, res: Response, permission: string): Promise<Admission> {
    const token = this.cookies.read(req, sessionCookie);
    if (token === undefined) return { ok: false, reason: 'sign_in_first' };
    const session = await this.readSession.run({ token, now: this.clock.machineNow() });
    if (!session.ok) {
      // As long as it is known whose it was, the cookie stays, so that every tab says why. It opens nothing.
      if (session.code !== 'over') this.cookies.forget(res, sessionCookie);
      return { ok: false, reason: 'session_over' };
    }
    if (!mayPass(session.actor.role, permission)) {
      session.actor.forgetKey();
      return { ok: false, reason: 'not_allowed' };
    }
    rememberStaff(req, session.actor);
    forgetUnlessHandled(req, res, session.actor);
    return { ok: true };
  }
}

/**
 * A guard that refuses what came keeps `ForgetKey` from running. A connection that closes says less: whoever presses Stop, or a link twice, leaves in the middle, and a
 * handler that is at work and finds its key overwritten would take every sealed key that it opens for a damaged one. So once there is a handler, it is left to
 * `ForgetKey`. What is left of the guards after the doorkeeper runs before anything else does, hence one turn of the event loop.
 */
function forgetUnlessHandled(req: Request, res: Response, actor: SignedInStaff): void {
  const inTurn = (): unknown =>
    setImmediate(() => {
      if (!isHandled(req)) actor.forgetKey();
    });
  if (res.closed) inTurn();
  else res.once('close', inTurn);
}
