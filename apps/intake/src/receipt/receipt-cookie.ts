import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { openToken, sealToken } from '@recourse/vault';
import { SessionCookies } from '@recourse/web';
import { IntakeSecrets } from '../intake-secrets';

/** What the receipt page shows. */
export interface ShownReceipt {
  /** 24 digits, ungrouped. */
  readonly digits: string;
  readonly reference: string;
}

const cookieName = 'receipt';
const purpose = 'receipt-page';
/** Long enough to find a pen, short enough for a shared phone. */
const minutes = 15;

/**
 * Carries a new receipt from the form to its page, sealed, so that it is in no address, no history and no log, and
 * reloading the page shows it again. Gone when the browser closes, when somebody says that they have it, or in time.
 */
@Injectable()
export class ReceiptCookie {
  constructor(
    private readonly cookies: SessionCookies,
    private readonly secrets: IntakeSecrets,
  ) {}

  keep(res: Response, receipt: ShownReceipt, machineNow: Date): void {
    const until = new Date(machineNow.getTime() + minutes * 60_000);
    this.cookies.write(res, cookieName, sealToken(this.secrets.secret, purpose, receipt, until));
  }

  read(req: Request, machineNow: Date): ShownReceipt | undefined {
    const opened = openToken(this.secrets.secret, purpose, this.cookies.read(req, cookieName) ?? '', machineNow);
    return opened.ok ? (opened.value as ShownReceipt) : undefined;
  }

  forget(res: Response): void {
    this.cookies.forget(res, cookieName);
  }
}
