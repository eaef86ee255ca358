import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenComplaintByReceipt, type ComplaintTrack } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { formatReceipt } from '@recourse/vault';
import { contextOf, isOutage, PageRenderer, Public } from '@recourse/web';
import { trackPage } from '../my-complaint/complaint.page';
import { ReceiptCookie } from './receipt-cookie';

/** The receipt, shown after sending for as long as its cookie lives. */
@Controller('receipt')
@Public()
export class ReceiptController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly receipts: ReceiptCookie,
    private readonly open: OpenComplaintByReceipt,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res() res: Response): Promise<void> {
    const receipt = this.receipts.read(req, this.clock.machineNow());
    if (!receipt) {
      this.pages.render(res, 'receipt/nothing.njk');
      return;
    }
    const track = await this.track(receipt.digits, this.clock.now());
    this.pages.render(res, 'receipt/receipt.njk', {
      groups: formatReceipt(receipt.digits).split(' '),
      reference: receipt.reference,
      track: track ? trackPage(track, contextOf(res).language) : undefined,
    });
  }

  /** Only the digits, under a name that tells nothing. */
  @Get('note.txt')
  save(@Req() req: Request, @Res() res: Response): void {
    const receipt = this.receipts.read(req, this.clock.machineNow());
    if (!receipt) {
      res.redirect(303, '/receipt');
      return;
    }
    res.setHeader('content-disposition', 'attachment; filename="note.txt"');
    res.type('text/plain; charset=utf-8').end(`${formatReceipt(receipt.digits)}\r\n`);
  }

  /** "I have written it down": from now on this device shows it no more. */
  @Post('kept')
  kept(@Res() res: Response): void {
    this.receipts.forget(res);
    res.redirect(303, '/receipt');
  }

  /** What happens next. The number is shown even when that cannot be told: the complaint is stored, and the number is its only key. */
  private async track(digits: string, now: Date): Promise<ComplaintTrack | undefined> {
    try {
      const opened = await this.open.run({ digits, now, isSeen: false });
      return opened.ok ? opened.view.tracks[0] : undefined;
    } catch (error) {
      if (isOutage(error)) return undefined;
      throw error;
    }
  }
}
