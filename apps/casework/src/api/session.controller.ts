import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SignIn, SignOut } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  JsonBody,
  outage,
  Public,
  Refused,
  Refuses,
  RefusesBodies,
  Requires,
  SessionCookies,
  TakesNoBody,
  unknownParameter,
} from '@recourse/web';
import { signedIn } from '../sign-in/permissions';
import { presentStaff } from '../sign-in/present-staff';
import { keepSession, placeOf, sessionCookie } from '../sign-in/session-cookie';
import { NewSessionAnswer, newSessionAnswer, SessionAnswer, sessionAnswer } from './answers/session.answer';
import { SessionBody } from './session.body';

/** Signing in and out for programs; the session is the same cookie that the pages use. */
@Controller('api/v1/session')
@ApiTags('session')
@Refuses(503, outage)
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly cookies: SessionCookies,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Public()
  @ApiOperation({
    summary: 'Sign in',
    description:
      'The session comes as a cookie; send it with every other request. It ends by itself. A second cookie makes this program known: after failed attempts from elsewhere it still gets in.',
  })
  @ApiCreatedResponse({ type: NewSessionAnswer })
  @ApiBody({ type: SessionBody })
  @RefusesBodies()
  @Refuses(401, { sign_in_failed: 'unknown name, wrong password, closed account or too many attempts; nobody learns which' })
  async enter(@JsonBody() body: SessionBody, @Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<NewSessionAnswer> {
    const { signInName, password } = body;
    const times = { now: this.clock.machineNow(), happenedAt: this.clock.now() };
    const entered = await this.signIn.run({ signInName, password, from: placeOf(req, this.cookies), ...times });
    if (!entered.ok) throw new Refused(401, entered.code);
    keepSession(res, this.cookies, entered);
    entered.actor.forgetKey();
    return newSessionAnswer(entered.actor, entered.expiresAt);
  }

  @Get()
  @Requires(signedIn)
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: SessionAnswer })
  @Refuses(400, unknownParameter)
  @Refuses(401, { sign_in_first: '' })
  show(@Req() req: Request): SessionAnswer {
    return sessionAnswer(presentStaff(req));
  }

  @Delete()
  @HttpCode(204)
  @TakesNoBody()
  @RefusesBodies()
  @Requires(signedIn)
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  @Refuses(401, { sign_in_first: '' })
  async leave(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<void> {
    const token = this.cookies.read(req, sessionCookie);
    if (token !== undefined) await this.signOut.run({ token });
    this.cookies.forget(res, sessionCookie);
  }
}
