import { Body, Controller, Get, Post, Req, Res, UnsupportedMediaTypeException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ReadComplaintRules } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { ChecksTokenItself, contextOf, PageRenderer, Public, TokenLost } from '@recourse/web';
import { FormOrigins } from '../form-origin';
import { processPage } from '../process/process.page';
import { stepOf } from '../process/public-steps';
import { conversationWish } from './conversation-wish';
import { PassPages } from './pass-pages';
import { ReceiptPass } from './receipt-pass';
import { unfinished, type Unfinished } from './return.form';
import { TextDesk } from './text-desk';

/** One posted page: the sealed receipt, which button was pressed, and the fields of the page. */
type Posted = Readonly<Record<string, unknown>> & { readonly pass?: unknown; readonly go?: unknown };

/** A pass whose time is over. */
type PassOver = { readonly state: 'lately'; readonly digits: string } | { readonly state: 'ended' };

/**
 * The complaint of somebody whose browser keeps no cookies: every step is a form that carries the sealed receipt, at one address, so that neither the address
 * nor the history of the browser ever holds it (docs/adr/0030). The pass is also what shows that the page came from us.
 */
@Controller('my-complaint/without-cookies')
@Public()
export class WithoutCookiesController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly passPages: PassPages,
    private readonly pass: ReceiptPass,
    private readonly texts: TextDesk,
    private readonly rules: ReadComplaintRules,
    private readonly origins: FormOrigins,
    private readonly clock: Clock,
  ) {}

  /** Whoever loads the address again brings no pass. */
  @Get()
  again(@Res() res: Response): void {
    res.redirect(303, `/return?lang=${contextOf(res).language}`);
  }

  @Post()
  @ChecksTokenItself()
  async step(@Req() req: Request, @Body() body: unknown, @Res() res: Response): Promise<void> {
    if (!req.is('application/x-www-form-urlencoded')) throw new UnsupportedMediaTypeException();
    const { pass, go, ...fields } = (body ?? {}) as Posted;
    const opened = this.pass.open(pass, this.clock.machineNow());
    if (opened.state === 'none' || this.origins.of(req) === 'elsewhere') throw new TokenLost();
    const sending = unfinished.find((what) => go === `send_${what}`);
    if (opened.state !== 'open') {
      await this.askAgain(res, opened, sending, fields);
      return;
    }
    if (sending !== undefined) {
      await this.send(res, opened.digits, sending, fields);
      return;
    }
    const begun = unfinished.find((what) => go === what);
    if (begun !== undefined) {
      this.passPages.beginWriting(res, opened.digits, begun);
      return;
    }
    if (go === 'steps') {
      await this.steps(res, opened.digits, fields['place']);
      return;
    }
    await this.passPages.complaint(res, opened.digits, { wish: conversationWish(fields) });
  }

  private async askAgain(res: Response, over: PassOver, sending: Unfinished | undefined, fields: object): Promise<void> {
    if (sending === undefined) {
      this.passPages.askAgain(res, over.state, {});
      return;
    }
    const typed = this.texts.read(sending, fields);
    const wasSent = over.state === 'lately' && (await this.texts.wasSent(over.digits, typed));
    this.passPages.askAgain(res, over.state, { goOnWith: sending, text: typed.text, wasSent });
  }

  private async send(res: Response, digits: string, what: Unfinished, fields: object): Promise<void> {
    const typed = this.texts.read(what, fields);
    const sent = await this.texts.send(digits, typed);
    if (sent.state === 'refused') {
      this.passPages.write(res, digits, { what, ...sent });
      return;
    }
    // Pressed twice or sent again by the browser, it is the same message and the same page.
    await this.passPages.complaint(res, digits, { done: what === 'message' ? 'write' : 'add' });
  }

  private async steps(res: Response, digits: string, place: unknown): Promise<void> {
    const read = await this.rules.run({ digits });
    const track = read.ok && typeof place === 'string' && /^[1-9]\d?$/.test(place) ? read.tracks[Number(place) - 1] : undefined;
    if (track === undefined) {
      await this.passPages.complaint(res, digits);
      return;
    }
    const model = {
      ...processPage(track.procedure, contextOf(res).language),
      current: stepOf(track.procedure, track.stage),
      pass: this.passPages.model(res, digits),
    };
    this.pages.render(res, 'my-complaint/steps.njk', model);
  }
}
