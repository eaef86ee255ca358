import { Injectable } from '@nestjs/common';
import { openToken, sealToken } from '@recourse/vault';
import { IntakeSecrets } from '../intake-secrets';
import type { ReceiptSessionState } from './receipt-session';

const passPurpose = 'receipt-pass|page';
const doorPurpose = 'return-door|page';

/**
 * The complaint that is open in a page, for a browser that keeps no cookies: its receipt, sealed, in a hidden field of that page, and nothing on the server
 * (docs/adr/0030). It is as good as the cookie of {@link ReceiptSession} and lives as long; each page seals it anew. Never in an address.
 */
@Injectable()
export class ReceiptPass {
  constructor(private readonly secrets: IntakeSecrets) {}

  seal(digits: string, machineNow: Date): string {
    return sealToken(this.secrets.secret, passPurpose, digits, this.until(machineNow));
  }

  open(pass: unknown, machineNow: Date): ReceiptSessionState {
    const opened = openToken(this.secrets.secret, passPurpose, typeof pass === 'string' ? pass : '', machineNow);
    if (opened.ok) return { state: 'open', digits: String(opened.value) };
    return { state: opened.reason === 'expired' ? 'ended' : 'none' };
  }

  /** Shows that the page on which a number is typed came from us. Short-lived, so that a browser that sends the page again later opens nothing with it. */
  sealDoor(machineNow: Date): string {
    return sealToken(this.secrets.secret, doorPurpose, '', this.until(machineNow));
  }

  openDoor(door: unknown, machineNow: Date): 'open' | 'ended' | 'none' {
    const opened = openToken(this.secrets.secret, doorPurpose, typeof door === 'string' ? door : '', machineNow);
    if (opened.ok) return 'open';
    return opened.reason === 'expired' ? 'ended' : 'none';
  }

  private until(machineNow: Date): Date {
    return new Date(machineNow.getTime() + this.secrets.receiptMinutes * 60_000);
  }
}
