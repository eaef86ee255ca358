import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DEVICE_DAYS, SignIn, SignOut } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  FormTokens,
  Languages,
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
} from '@recourse/web';
import { signedIn } from './permissions';
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
  ) {}

  @Get('sign-in')
  @Public()
  show(@Query('next') next: unknown, @Res() res: Response): void {
    this.page(res, formPage({ next: ownPath(next) }));
  }

  @Post('sign-in')
  @Public()
  async enter(@Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const read = readForm(SignInForm, body);
    if (!read.ok) {
      this.page(res, formPage(read), 422);
      return;
    }
    const { signInName, password, next } = read.form;
    const from = placeOf(req, this.cookies);
    const times = { now: this.clock.machineNow(), happenedAt: this.clock.now() };
    const entered = await this.signIn.run({ signInName, password, from, ...times });
    if (!entered.ok) {
      const problem = { field: 'signInName', key: 'casework-sign-in.problems.failed', params: {} };
      this.page(res, formPage(refuseForm({ signInName, next: ownPath(next) }, problem)), 422);
      return;
    }
    keepSession(res, this.cookies, entered);
    this.tokens.renew(res);
    if (this.cookies.read(req, 'lang') === undefined && this.languages.has(entered.actor.language)) {
      keepLanguage(res, this.cookies, entered.actor.language);
    }
    const to = ownPath(next);
    res.redirect(303, to === '/' ? homeOf(entered.actor.role) : to);
  }

  @Post('sign-out')
  @Requires(signedIn)
  async leave(@Req() req: Request, @Res() res: Response): Promise<void> {
    const token = this.cookies.read(req, sessionCookie);
    if (token !== undefined) await this.signOut.run({ token });
    this.cookies.forget(res, sessionCookie);
    this.tokens.renew(res);
    res.redirect(303, '/sign-in');
  }

  private page(res: Response, form: FormPage, status = 200): void {
    const next = ownPath(form.values['next']);
    keepQuery(res, { next: next === '/' ? undefined : next });
    this.pages.render(res, 'sign-in/sign-in.njk', { form, deviceDays: DEVICE_DAYS }, status);
  }
}

/** A path of this site, never another site: `//elsewhere.example` and `/\elsewhere.example` are addresses too. */
export function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/[\w\-/.?=&]*$/.test(next) && !next.startsWith('//') ? next : '/';
}
