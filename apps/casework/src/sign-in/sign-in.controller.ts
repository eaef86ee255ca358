import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DEVICE_DAYS, SessionRules, SignIn, SignOut } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  FormTokens,
  Languages,
  LostSession,
  PageRenderer,
  Public,
  Requires,
  SessionCookies,
  formPage,
  keepLanguage,
  keepQuery,
  readForm,
  refuseForm,
  type FormPage,
  TakesNoBody,
} from '@recourse/web';
import { KeptForms, overModel } from './kept-form';
import { signedIn } from './permissions';
import { rememberEntered } from './present-staff';
import { keepSession, placeOf, sessionCookie } from './session-cookie';
import { homeOf } from './staff-page-model';
import { SignInForm } from './sign-in.form';

/** The staff's door. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly pages: PageRenderer,
    private readonly cookies: SessionCookies,
    private readonly tokens: FormTokens,
    private readonly languages: Languages,
    private readonly clock: Clock,
    private readonly rules: SessionRules,
    @Inject(LostSession) private readonly keptForms: KeptForms,
  ) {}

  @Get('sign-in')
  @Public()
  show(@Query('next') next: unknown, @Query('over') over: unknown, @Res() res: Response): void {
    this.page(res, formPage({ next: ownPath(next) }), 200, over === 'yes');
  }

  @Post('sign-in')
  @Public()
  async enter(@Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const read = readForm(SignInForm, body);
    if (!read.ok) {
      this.page(res, formPage(read), 422);
      return;
    }
    const { signInName, password, next, kept } = read.form;
    const from = placeOf(req, this.cookies);
    const times = { now: this.clock.machineNow(), happenedAt: this.clock.now() };
    const entered = await this.signIn.run({ signInName, password, from, ...times });
    if (!entered.ok) {
      const problem = { field: 'signInName', key: 'casework-sign-in.problems.failed', params: {} };
      this.page(res, formPage(refuseForm({ signInName, next: ownPath(next), ...(kept === undefined ? {} : { kept }) }, problem)), 422);
      return;
    }
    keepSession(res, this.cookies, entered);
    this.tokens.renew(res);
    if (this.cookies.read(req, 'lang') === undefined && this.languages.has(entered.actor.language)) {
      keepLanguage(res, this.cookies, entered.actor.language);
    }
    entered.actor.forgetKey();
    rememberEntered(req, entered.actor.staffId);
    const home = homeOf(entered.actor.role);
    const form = this.keptForms.open(kept, entered.actor.staffId);
    if (form !== undefined) {
      this.pages.render(res, 'sign-in/kept.njk', { kept: form, home });
      return;
    }
    const to = ownPath(next);
    res.redirect(303, to === '/' ? home : to);
  }

  @Post('sign-out')
  @TakesNoBody()
  @Requires(signedIn)
  async leave(@Req() req: Request, @Res() res: Response): Promise<void> {
    const token = this.cookies.read(req, sessionCookie);
    if (token !== undefined) await this.signOut.run({ token });
    this.cookies.forget(res, sessionCookie);
    this.tokens.renew(res);
    res.redirect(303, '/sign-in');
  }

  private page(res: Response, form: FormPage, status = 200, isOver = false): void {
    const next = ownPath(form.values['next']);
    keepQuery(res, { next: next === '/' ? undefined : next, over: isOver ? 'yes' : undefined });
    const model = { kept: form.values['kept'], over: isOver ? overModel(this.rules) : undefined, deviceDays: DEVICE_DAYS };
    this.pages.render(res, 'sign-in/sign-in.njk', { form, ...model }, status);
  }
}

/** A path of this site, never another site: `//elsewhere.example` and `/\elsewhere.example` are addresses too. */
export function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/[\w\-/.?=&]*$/.test(next) && !next.startsWith('//') ? next : '/';
}
