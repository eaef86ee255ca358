import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AddToComplaint, SendComplaintMessage, type FieldProblem } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { formPage, isOutage, PageRenderer, Public, readForm, type FormClass, type FormError, type FormValues } from '@recourse/web';
import { AdditionForm, MessageForm } from './message.form';
import { ReceiptSession } from './receipt-session';
import type { Unfinished } from './return.form';
import { writePage } from './write.page';

type Outcome = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly problems?: readonly FieldProblem[] };
type Send = (visit: { digits: string; now: Date }, key: string, text: string) => Promise<Outcome>;

/** Writing to the staff, and adding to what happened: two pages that work the same way. */
@Controller('my-complaint')
@Public()
export class WriteController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly session: ReceiptSession,
    private readonly sendMessage: SendComplaintMessage,
    private readonly addToComplaint: AddToComplaint,
    private readonly clock: Clock,
  ) {}

  @Get('message')
  message(@Req() req: Request, @Res() res: Response): void {
    this.show(req, res, 'message');
  }

  @Post('message')
  async takeMessage(@Req() req: Request, @Res() res: Response, @Body() body: unknown): Promise<void> {
    await this.take(req, res, 'message', MessageForm, body, (visit, clientKey, text) =>
      this.sendMessage.run({ ...visit, clientKey, body: text }),
    );
  }

  @Get('add')
  add(@Req() req: Request, @Res() res: Response): void {
    this.show(req, res, 'add');
  }

  @Post('add')
  async takeAddition(@Req() req: Request, @Res() res: Response, @Body() body: unknown): Promise<void> {
    await this.take(req, res, 'add', AdditionForm, body, (visit, clientKey, text) =>
      this.addToComplaint.run({ ...visit, clientKey, text }),
    );
  }

  private show(req: Request, res: Response, what: Unfinished): void {
    const machineNow = this.clock.machineNow();
    const session = this.session.read(req, machineNow);
    if (session.state !== 'open') {
      res.redirect(303, '/return');
      return;
    }
    this.session.open(res, session.digits, machineNow);
    writePage(this.pages, res, what, formPage(), randomUUID(), 200);
  }

  private async take(
    req: Request,
    res: Response,
    what: Unfinished,
    Form: FormClass<MessageForm>,
    body: unknown,
    send: Send,
  ): Promise<void> {
    const machineNow = this.clock.machineNow();
    const reading = readForm(Form, body);
    const { text, key = randomUUID() } = reading.ok ? reading.form : textsOf(reading.values);
    const session = this.session.read(req, machineNow);
    if (session.state !== 'open') {
      this.askAgain(res, what, text);
      return;
    }
    this.session.open(res, session.digits, machineNow);
    if (!reading.ok) {
      writePage(this.pages, res, what, formPage(reading), key, 422);
      return;
    }
    try {
      const outcome = await send({ digits: session.digits, now: this.clock.now() }, key, reading.form.text);
      if (outcome.ok) {
        res.redirect(303, `/my-complaint?done=${what}`);
        return;
      }
      if (outcome.code === 'not_found') {
        this.askAgain(res, what, text);
        return;
      }
      if (outcome.code === 'closed') {
        this.again(res, what, text, key, 'closed', 409);
        return;
      }
      if (outcome.code === 'key_reused_with_other_body') {
        // Another key, so that one more press sends this text too.
        this.again(res, what, text, randomUUID(), 'other_sent', 409);
        return;
      }
      // A key or a text that the rules of the form let through and those of the use case do not: a bug of ours.
      throw new Error(`The form made a text that was refused: ${outcome.code}`);
    } catch (error) {
      if (!isOutage(error)) throw error;
      res.setHeader('retry-after', '30');
      this.again(res, what, text, key, 'not_stored', 503);
    }
  }

  /** The same page with everything on it, and one sentence about why. */
  private again(
    res: Response,
    what: Unfinished,
    text: string,
    key: string,
    problem: 'closed' | 'not_stored' | 'other_sent',
    status: number,
  ): void {
    const error: FormError = { field: 'text', key: `intake-complaint.problems.${problem}`, params: {}, href: '#text' };
    writePage(this.pages, res, what, { values: { text }, errors: [error] }, key, status);
  }

  /** The time ran out while somebody wrote: the number is asked again, and the text comes along. */
  private askAgain(res: Response, what: Unfinished, text: string): void {
    const form = { values: { goOnWith: what, text }, errors: [] };
    this.pages.render(res, 'return/return.njk', { form, ended: true, minutes: this.session.minutes }, 401);
  }
}

function textsOf(values: FormValues): { text: string; key?: string } {
  return { text: typeof values.text === 'string' ? values.text : '' };
}
