import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { isDeskClosed, OpenComplaintByReceipt, type ComplaintTrack } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { formatReceipt } from '@recourse/vault';
import { contextOf, isOutage, PageRenderer } from '@recourse/web';
import { trackPage } from '../my-complaint/complaint.page';
import type { ShownReceipt } from './receipt-cookie';

/** Draws the page with the number. */
@Injectable()
export class ReceiptPage {
  constructor(
    private readonly pages: PageRenderer,
    private readonly open: OpenComplaintByReceipt,
    private readonly clock: Clock,
  ) {}

  /** @param choices `withoutCookies`: it is shown in answer to the form itself, and this device cannot be told to forget it */
  async show(res: Response, receipt: ShownReceipt, { withoutCookies = false } = {}): Promise<void> {
    const track = await this.track(receipt.digits);
    this.pages.render(res, 'receipt/receipt.njk', {
      groups: formatReceipt(receipt.digits).split(' '),
      reference: receipt.reference,
      track: track ? trackPage(track, contextOf(res).language) : undefined,
      withoutCookies,
    });
  }

  /** What happens next. The number is shown even when that cannot be told: the complaint is stored, and the number is its only key. */
  private async track(digits: string): Promise<ComplaintTrack | undefined> {
    try {
      const opened = await this.open.run({ digits, now: this.clock.now(), isSeen: false });
      return opened.ok ? opened.view.tracks[0] : undefined;
    } catch (error) {
      if (isOutage(error) || isDeskClosed(error)) return undefined;
      throw error;
    }
  }
}
