import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenComplaintByReceipt } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { contextOf, FormTokens, keepQuery, PageRenderer, Public, TakesNoBody } from '@recourse/web';
import { ReceiptCookie } from '../receipt/receipt-cookie';
import { complaintPage } from './complaint.page';
import { conversationWish } from './conversation-wish';
import { ReceiptSession } from './receipt-session';

/** What was just done, said once at the top of the page. */
const deeds = { message: 'write', add: 'add', file: 'file' } as const;

/** The complaint as the person with the receipt sees it. */
@Controller('my-complaint')
@Public()
export class MyComplaintController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly session: ReceiptSession,
    private readonly receipts: ReceiptCookie,
    private readonly tokens: FormTokens,
    private readonly open: OpenComplaintByReceipt,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res() res: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const machineNow = this.clock.machineNow();
    const session = this.session.read(req, machineNow);
    if (session.state !== 'open') {
      res.redirect(303, '/return');
      return;
    }
    const wish = conversationWish(query);
    const opened = await this.open.run({ digits: session.digits, now: this.clock.now(), ...wish });
    if (!opened.ok) {
      this.session.close(res);
      res.redirect(303, '/return');
      return;
    }
    this.session.open(res, session.digits, machineNow);
    const complaint = complaintPage(opened.view, contextOf(res).language, wish);
    const deed = readDeed(query['done']);
    keepQuery(res, { done: deed });
    this.pages.render(res, 'my-complaint/my-complaint.njk', { complaint, done: deed && deeds[deed] });
  }

  /** Closes it on this device, the number that may still be shown and what was written in this visit included. */
  @Post('leave')
  @TakesNoBody()
  leave(@Res() res: Response): void {
    this.session.close(res);
    this.receipts.forget(res);
    this.tokens.renew(res);
    res.redirect(303, '/my-complaint/left');
  }

  @Get('left')
  left(@Res() res: Response): void {
    this.pages.render(res, 'my-complaint/left.njk');
  }
}

function readDeed(done: unknown): keyof typeof deeds | undefined {
  return typeof done === 'string' && Object.hasOwn(deeds, done) ? (done as keyof typeof deeds) : undefined;
}
