import { Injectable } from '@nestjs/common';
import { openToken, sealToken, type OpenedToken } from '@recourse/vault';
import { IntakeSecrets } from '../intake-secrets';

const passPurpose = 'receipt-pass|page';
const doorPurpose = 'return-door|page';

/**
 * For how long after its time a page still gives back what was written on it. Long enough for somebody who was called away while writing; not longer, because
 * the page behind a sent message is sent again by whoever presses “Back” on that device, and nothing there can be told to forget it.
 */
const textKeptMinutes = 120;

/** `lately`: its time is over, but not for so long that what was written on its page is no longer shown. `ended`: it is. */
export type PageAge = 'lately' | 'ended' | 'none';

/** With the digits of one that ended lately nothing may be shown; they only tell whether its text was sent already. */
export type PassState =
  | { readonly state: 'open'; readonly digits: string }
  | { readonly state: 'lately'; readonly digits: string }
  | { readonly state: 'ended' }
  | { readonly state: 'none' };

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

  open(pass: unknown, machineNow: Date): PassState {
    const opened = this.opened(passPurpose, pass, machineNow);
    if (opened.ok) return { state: 'open', digits: String(opened.value) };
    const state = this.ageOf(passPurpose, pass, machineNow);
    return state === 'lately' && opened.reason === 'expired'
      ? { state, digits: String(opened.value) }
      : { state: state === 'ended' ? state : 'none' };
  }

  /** Shows that the page on which a number is typed came from us. Short-lived, so that a browser that sends the page again later opens nothing with it. */
  sealDoor(machineNow: Date): string {
    return sealToken(this.secrets.secret, doorPurpose, '', this.until(machineNow));
  }

  openDoor(door: unknown, machineNow: Date): 'open' | PageAge {
    return this.opened(doorPurpose, door, machineNow).ok ? 'open' : this.ageOf(doorPurpose, door, machineNow);
  }

  private opened(purpose: string, token: unknown, at: Date): OpenedToken {
    return openToken(this.secrets.secret, purpose, typeof token === 'string' ? token : '', at);
  }

  /** Of one that is not open now. It ended lately if it was still open so many minutes ago. */
  private ageOf(purpose: string, token: unknown, machineNow: Date): PageAge {
    const then = this.opened(purpose, token, new Date(machineNow.getTime() - textKeptMinutes * 60_000));
    if (then.ok) return 'lately';
    return then.reason === 'expired' ? 'ended' : 'none';
  }

  private until(machineNow: Date): Date {
    return new Date(machineNow.getTime() + this.secrets.receiptMinutes * 60_000);
  }
}
