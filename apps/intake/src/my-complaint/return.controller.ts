import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenComplaintByReceipt } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { normaliseReceipt } from '@recourse/vault';
import { formPage, PageRenderer, Public, readForm, refuseForm, type FormPage } from '@recourse/web';
import { writePage } from './write.page';
import { ReceiptSession } from './receipt-session';
import { ReturnForm } from './return.form';

/** Coming back with a receipt. */
@Controller('return')
@Public()
export class ReturnController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly session: ReceiptSession,
    private readonly open: OpenComplaintByReceipt,
    private readonly clock: Clock,
  ) {}

  @Get()
  ask(@Req() req: Request, @Res() res: Response): void {
    const { state } = this.session.read(req, this.clock.machineNow());
    if (state === 'open') {
      res.redirect(303, '/my-complaint');
      return;
    }
    this.show(res, formPage(), state === 'ended' ? { ended: true } : {});
  }

  @Post()
  async enter(@Body() body: unknown, @Res() res: Response): Promise<void> {
    const reading = readForm(ReturnForm, body);
    if (!reading.ok) {
      this.show(res, formPage(reading), { status: 422 });
      return;
    }
    const receipt = normaliseReceipt(reading.form.number ?? '');
    // Only tried here: the messages are still new to whoever reads them on the next page.
    const known = receipt.ok && (await this.open.run({ digits: receipt.digits, now: this.clock.now(), isSeen: false })).ok;
    if (!receipt.ok || !known) {
      this.refuse(res, reading.form);
      return;
    }
    this.session.open(res, receipt.digits, this.clock.machineNow());
    const { goOnWith, text } = reading.form;
    if (goOnWith === undefined || text === undefined) {
      res.redirect(303, '/my-complaint');
      return;
    }
    writePage(this.pages, res, { what: goOnWith, form: { values: { text }, errors: [] }, key: randomUUID(), status: 200 });
  }

  private refuse(res: Response, form: ReturnForm): void {
    const refused = refuseForm(formPage({ ok: true, form }).values, {
      field: 'number',
      key: 'intake-return.problems.not_found',
      params: {},
    });
    this.show(res, formPage(refused), { status: 422 });
  }

  private show(res: Response, form: FormPage, { status = 200, ended = false }: { status?: number; ended?: boolean }): void {
    this.pages.render(res, 'return/return.njk', { form, ended, minutes: this.session.minutes }, status);
  }
}
