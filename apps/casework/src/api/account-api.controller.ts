import { Controller, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ChangePassword } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { JsonBody, outage, Refused, Refuses, RefusesBodies, Requires, SessionCookies } from '@recourse/web';
import { signedIn } from '../sign-in/permissions';
import { presentStaff } from '../sign-in/present-staff';
import { sessionCookie } from '../sign-in/session-cookie';
import { PasswordChangedAnswer } from './answers/people.answer';
import { PasswordBody } from './people.body';

/** One's own account for programs. */
@Controller('api/v1/account')
@Requires(signedIn)
@ApiTags('session')
@ApiCookieAuth()
@Refuses(503, outage)
@Refuses(401, { sign_in_first: '' })
export class AccountApiController {
  constructor(
    private readonly changePassword: ChangePassword,
    private readonly cookies: SessionCookies,
    private readonly clock: Clock,
  ) {}

  @Put('password')
  @ApiOperation({
    summary: 'Change your own password',
    description: 'Every session of yours ends; a new one comes as a cookie. What was sealed to you stays readable.',
  })
  @ApiBody({ type: PasswordBody })
  @ApiOkResponse({ type: PasswordChangedAnswer })
  @RefusesBodies()
  @Refuses(409, { overtaken: 'somebody changed it at the same moment, or closed the account' })
  @Refuses(422, {
    current_password_wrong: 'or too many attempts: counted as an attempt to sign in, with the same waits',
    password_too_short: '',
    password_unchanged: 'it is the one you have',
  })
  async change(
    @JsonBody() { currentPassword, newPassword }: PasswordBody,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<PasswordChangedAnswer> {
    const changed = await this.changePassword.run({
      actor: presentStaff(req),
      currentPassword,
      newPassword,
      now: this.clock.machineNow(),
      happenedAt: this.clock.now(),
    });
    if (!changed.ok) throw new Refused(changed.code === 'overtaken' ? 409 : 422, changed.code);
    this.cookies.write(res, sessionCookie, changed.token);
    return { expiresAt: changed.expiresAt };
  }
}
