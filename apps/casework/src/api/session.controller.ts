import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SignIn, SignOut, type SignedInStaff } from '@recourse/cases';
import { JsonBody, Public, Refused, Requires, SessionCookies } from '@recourse/web';
import { signedIn } from '../sign-in/permissions';
import { presentStaff } from '../sign-in/present-staff';
import { sessionCookie } from '../sign-in/session-cookie';
import { SessionBody } from './session.body';

/** Who is signed in, without anything secret. */
export interface SessionView {
  readonly signInName: string;
  readonly displayName: string;
  readonly role: string;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly teamRole: string }[];
}

/** Signing in and out for programs; the session is the same cookie that the pages use. */
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly cookies: SessionCookies,
  ) {}

  @Post()
  @Public()
  async enter(
    @JsonBody() body: SessionBody,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SessionView & { readonly expiresAt: Date }> {
    const entered = await this.signIn.run({ signInName: body.signInName, password: body.password, now: new Date() });
    if (!entered.ok) throw new Refused(401, entered.code);
    this.cookies.write(res, sessionCookie, entered.token);
    return { ...sessionView(entered.actor), expiresAt: entered.expiresAt };
  }

  @Get()
  @Requires(signedIn)
  show(@Req() req: Request): SessionView {
    return sessionView(presentStaff(req));
  }

  @Delete()
  @HttpCode(204)
  @Requires(signedIn)
  async leave(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<void> {
    const token = this.cookies.read(req, sessionCookie);
    if (token !== undefined) await this.signOut.run({ token });
    this.cookies.forget(res, sessionCookie);
  }
}

function sessionView(actor: SignedInStaff): SessionView {
  return {
    signInName: actor.signInName,
    displayName: actor.displayName,
    role: actor.role,
    teams: actor.teams.map(({ id, name, teamRole }) => ({ id, name, teamRole })),
  };
}
