import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { openToken, sealToken } from '@recourse/vault';
import { SessionCookies } from '@recourse/web';
import { IntakeSecrets } from '../intake-secrets';

/** `ended`: there was one, and its time ran out. */
export type ReceiptSessionState = { readonly state: 'open'; readonly digits: string } | { readonly state: 'none' | 'ended' };

const cookieName = 'return';
const purpose = 'receipt-session';

/**
 * The complaint that is open on this device: its receipt, sealed, in a session cookie, and nothing on the server. Each
 * page gives it its time anew.
 */
@Injectable()
export class ReceiptSession {
  constructor(
    private readonly cookies: SessionCookies,
    private readonly secrets: IntakeSecrets,
  ) {}

  /** How many minutes it lasts without a new page. */
  get minutes(): number {
    return this.secrets.receiptMinutes;
  }

  open(res: Response, digits: string, machineNow: Date): void {
    const until = new Date(machineNow.getTime() + this.minutes * 60_000);
    this.cookies.write(res, cookieName, sealToken(this.secrets.secret, purpose, digits, until));
  }

  read(req: Request, machineNow: Date): ReceiptSessionState {
    const opened = openToken(this.secrets.secret, purpose, this.cookies.read(req, cookieName) ?? '', machineNow);
    if (opened.ok) return { state: 'open', digits: String(opened.value) };
    return { state: opened.reason === 'expired' ? 'ended' : 'none' };
  }

  close(res: Response): void {
    this.cookies.forget(res, cookieName);
  }
}
