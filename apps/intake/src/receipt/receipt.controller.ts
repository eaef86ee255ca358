import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock } from '@recourse/clock';
import { formatReceipt } from '@recourse/vault';
import { FormTokens, PageRenderer, Public, TakesNoBody } from '@recourse/web';
import { ReceiptCookie } from './receipt-cookie';
import { ReceiptPage } from './receipt.page';

/** The receipt, shown after sending for as long as its cookie lives. */
@Controller('receipt')
@Public()
export class ReceiptController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly receipts: ReceiptCookie,
    private readonly page: ReceiptPage,
    private readonly tokens: FormTokens,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res() res: Response): Promise<void> {
    const receipt = this.receipts.read(req, this.clock.machineNow());
    if (!receipt) {
      this.pages.render(res, 'receipt/nothing.njk');
      return;
    }
    await this.page.show(res, receipt);
  }

  /** Only the digits, under a name that tells nothing, a group a line: in one line an editor that writes from the right would turn their order round. */
  @Get('note.txt')
  save(@Req() req: Request, @Res() res: Response): void {
    const receipt = this.receipts.read(req, this.clock.machineNow());
    if (!receipt) {
      res.redirect(303, '/receipt');
      return;
    }
    res.setHeader('content-disposition', 'attachment; filename="note.txt"');
    res.type('text/plain; charset=utf-8').end(`${formatReceipt(receipt.digits).split(' ').join('\r\n')}\r\n`);
  }

  /** "I have written it down": from now on this device shows it no more. With the visit end the drafts that would send the same complaint again. */
  @Post('kept')
  @TakesNoBody()
  kept(@Res() res: Response): void {
    this.receipts.forget(res);
    this.tokens.renew(res);
    res.redirect(303, '/receipt/done');
  }

  @Get('done')
  done(@Res() res: Response): void {
    this.pages.render(res, 'receipt/done.njk');
  }
}
