import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock } from '@recourse/clock';
import { formPage, PageRenderer, Public } from '@recourse/web';
import { ReceiptSession } from './receipt-session';
import type { Unfinished } from './return.form';
import { TextDesk, type TypedText } from './text-desk';
import { writePage } from './write.page';

/** Writing to the staff, and adding to what happened: two pages that work the same way. */
@Controller('my-complaint')
@Public()
export class WriteController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly session: ReceiptSession,
    private readonly texts: TextDesk,
    private readonly clock: Clock,
  ) {}

  @Get('message')
  message(@Req() req: Request, @Res() res: Response): void {
    this.show(req, res, 'message');
  }

  @Post('message')
  async takeMessage(@Req() req: Request, @Res() res: Response, @Body() body: unknown): Promise<void> {
    await this.take(req, res, this.texts.read('message', body));
  }

  @Get('add')
  add(@Req() req: Request, @Res() res: Response): void {
    this.show(req, res, 'add');
  }

  @Post('add')
  async takeAddition(@Req() req: Request, @Res() res: Response, @Body() body: unknown): Promise<void> {
    await this.take(req, res, this.texts.read('add', body));
  }

  private show(req: Request, res: Response, what: Unfinished): void {
    const machineNow = this.clock.machineNow();
    const session = this.session.read(req, machineNow);
    if (session.state !== 'open') {
      res.redirect(303, '/return');
      return;
    }
    this.session.open(res, session.digits, machineNow);
    writePage(this.pages, res, { what, form: formPage(), key: randomUUID(), status: 200 });
  }

  private async take(req: Request, res: Response, typed: TypedText): Promise<void> {
    const machineNow = this.clock.machineNow();
    const session = this.session.read(req, machineNow);
    if (session.state !== 'open') {
      this.askAgain(res, typed);
      return;
    }
    this.session.open(res, session.digits, machineNow);
    const { what } = typed;
    const sent = await this.texts.send(session.digits, typed);
    if (sent.state === 'sent') {
      res.redirect(303, `/my-complaint?done=${what}`);
      return;
    }
    if (sent.state === 'unknown') {
      this.askAgain(res, typed);
      return;
    }
    writePage(this.pages, res, { what, ...sent });
  }

  /** The time ran out while somebody wrote: the number is asked again, and the text comes along. */
  private askAgain(res: Response, { what, text }: TypedText): void {
    const form = { values: { goOnWith: what, text }, errors: [] };
    this.pages.render(res, 'return/return.njk', { form, ended: true, minutes: this.session.minutes }, 401);
  }
}
