import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ChangePassword, ReadSignIns, SHORTEST_PASSWORD, type ChangePasswordResult } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  FormTokens,
  PageRenderer,
  Requires,
  SessionCookies,
  formPage,
  keepQuery,
  readForm,
  refuseForm,
  type FieldProblem,
  type FormPage,
} from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';
import { signedIn } from '../sign-in/permissions';
import { sessionCookie } from '../sign-in/session-cookie';
import { ChangePasswordForm } from './change-password.form';

type Refusal = Exclude<ChangePasswordResult, { ok: true }>['code'];

/** The field that a refusal is about. */
const REFUSED_FIELD: Readonly<Record<Refusal, string>> = {
  current_password_wrong: 'currentPassword',
  overtaken: 'currentPassword',
  password_too_short: 'newPassword',
  password_unchanged: 'newPassword',
};

/** Somebody's own account: who they are here, and their password. */
@Controller('account')
@Requires(signedIn)
export class AccountController {
  constructor(
    private readonly changePassword: ChangePassword,
    private readonly readSignIns: ReadSignIns,
    private readonly pages: PageRenderer,
    private readonly cookies: SessionCookies,
    private readonly tokens: FormTokens,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query('done') done: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const actor = presentStaff(req);
    const { displayName, signInName, role, teams } = actor;
    const notice = done === 'password' ? done : undefined;
    keepQuery(res, { done: notice });
    this.pages.render(res, 'account/account.njk', {
      account: { displayName, signInName, role, teams },
      signIns: await this.readSignIns.run({ actor }),
      notice,
    });
  }

  @Get('password')
  ask(@Req() req: Request, @Res() res: Response): void {
    this.page(req, res, formPage());
  }

  @Post('password')
  async change(@Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const read = readForm(ChangePasswordForm, body);
    if (!read.ok) {
      this.page(req, res, formPage(read), 422);
      return;
    }
    const { currentPassword, newPassword } = read.form;
    const changed = await this.changePassword.run({
      actor: presentStaff(req),
      currentPassword,
      newPassword,
      now: this.clock.machineNow(),
      happenedAt: this.clock.now(),
    });
    if (!changed.ok) {
      this.page(req, res, formPage(refuseForm({}, problemOf(changed.code))), changed.code === 'overtaken' ? 409 : 422);
      return;
    }
    this.cookies.writeForLinks(res, sessionCookie, changed.token);
    this.tokens.renew(res);
    res.redirect(303, '/account?done=password');
  }

  private page(req: Request, res: Response, form: FormPage, status = 200): void {
    const { signInName } = presentStaff(req);
    this.pages.render(res, 'account/password.njk', { form, signInName, shortest: SHORTEST_PASSWORD }, status);
  }
}

function problemOf(code: Refusal): FieldProblem {
  return { field: REFUSED_FIELD[code], key: `casework-account.problems.${code}`, params: { shortest: SHORTEST_PASSWORD } };
}
