import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, Query, Req, Res, UnsupportedMediaTypeException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenComplaintByReceipt } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { normaliseReceipt } from '@recourse/vault';
import {
  ChecksTokenItself,
  contextOf,
  formPage,
  FormTokens,
  keepQuery,
  PageRenderer,
  Public,
  readForm,
  refuseForm,
  TokenLost,
  tokenField,
  type FormPage,
} from '@recourse/web';
import { FormOrigins } from '../form-origin';
import { PassPages } from './pass-pages';
import { ReceiptPass } from './receipt-pass';
import { ReceiptSession } from './receipt-session';
import { ReturnForm } from './return.form';
import { writePage } from './write.page';

/** Where the complaint is opened: in a visit, which a cookie keeps, or in the page itself. */
type Place = 'visit' | 'page';

/** Coming back with a receipt. */
@Controller('return')
@Public()
export class ReturnController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly session: ReceiptSession,
    private readonly tokens: FormTokens,
    private readonly pass: ReceiptPass,
    private readonly passPages: PassPages,
    private readonly open: OpenComplaintByReceipt,
    private readonly origins: FormOrigins,
    private readonly clock: Clock,
  ) {}

  /** Whether the browser keeps cookies is found out before the number is typed, as on the form (docs/adr/0030). */
  @Get()
  ask(@Req() req: Request, @Res() res: Response, @Query('cookies') cookies: unknown): void {
    const { state } = this.session.read(req, this.clock.machineNow());
    if (state === 'open') {
      res.redirect(303, '/my-complaint');
      return;
    }
    if (this.tokens.visitOf(req) !== undefined) {
      this.show(res, 'visit', formPage(), { ended: state === 'ended' });
      return;
    }
    if (cookies === 'try') {
      keepQuery(res, { cookies });
      this.show(res, 'page', formPage());
      return;
    }
    this.tokens.renew(res);
    res.redirect(303, `/return?cookies=try&lang=${contextOf(res).language}`);
  }

  @Post()
  @ChecksTokenItself()
  async enter(@Req() req: Request, @Body() body: unknown, @Res() res: Response): Promise<void> {
    if (!req.is('application/x-www-form-urlencoded')) throw new UnsupportedMediaTypeException();
    const { door, ...fields } = (body ?? {}) as Readonly<Record<string, unknown>>;
    const entered = this.enterBy(req, fields[tokenField], door);
    const reading = readForm(ReturnForm, fields);
    if (entered === 'ended' || entered === 'lately') {
      // The browser may be sending an old page again, with the number in it: that is typed anew. What somebody was writing comes along.
      this.passPages.askAgain(res, entered, reading.ok ? reading.form : {});
      return;
    }
    if (!reading.ok) {
      this.show(res, entered, formPage(reading), { status: 422 });
      return;
    }
    const receipt = normaliseReceipt(reading.form.number ?? '');
    // Only tried here: the messages are still new to whoever reads them on the next page.
    const known = receipt.ok && (await this.open.run({ digits: receipt.digits, now: this.clock.now(), isSeen: false })).ok;
    if (!receipt.ok || !known) {
      this.refuse(res, entered, reading.form);
      return;
    }
    if (entered === 'visit') {
      this.openInVisit(res, receipt.digits, reading.form);
      return;
    }
    await this.openInPage(res, receipt.digits, reading.form);
  }

  /** @throws TokenLost when the page belongs to another visit or to none, or another site sent it */
  private enterBy(req: Request, token: unknown, door: unknown): Place | 'lately' | 'ended' {
    if (this.tokens.verify(req, token)) return 'visit';
    const state = this.pass.openDoor(door, this.clock.machineNow());
    if (state === 'none' || this.origins.of(req) === 'elsewhere') throw new TokenLost();
    return state === 'open' ? 'page' : state;
  }

  private openInVisit(res: Response, digits: string, { goOnWith, text }: ReturnForm): void {
    this.session.open(res, digits, this.clock.machineNow());
    if (goOnWith === undefined || text === undefined) {
      res.redirect(303, '/my-complaint');
      return;
    }
    writePage(this.pages, res, { what: goOnWith, form: { values: { text }, errors: [] }, key: randomUUID(), status: 200 });
  }

  private async openInPage(res: Response, digits: string, { goOnWith, text }: ReturnForm): Promise<void> {
    if (goOnWith === undefined || text === undefined) {
      await this.passPages.complaint(res, digits);
      return;
    }
    this.passPages.beginWriting(res, digits, goOnWith, text);
  }

  private refuse(res: Response, place: Place, form: ReturnForm): void {
    const refused = refuseForm(formPage({ ok: true, form }).values, {
      field: 'number',
      key: 'intake-return.problems.not_found',
      params: {},
    });
    this.show(res, place, formPage(refused), { status: 422 });
  }

  private show(
    res: Response,
    place: Place,
    form: FormPage,
    { status = 200, ended = false }: { status?: number; ended?: boolean } = {},
  ): void {
    if (place === 'page') {
      this.passPages.ask(res, form, { status, ended });
      return;
    }
    this.pages.render(res, 'return/return.njk', { form, ended, minutes: this.session.minutes }, status);
  }
}
