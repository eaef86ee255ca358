import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { OpenComplaintByReceipt, type ConversationWish } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { contextOf, formPage, PageRenderer, type FormPage } from '@recourse/web';
import { FormOrigins } from '../form-origin';
import { IntakeSecrets } from '../intake-secrets';
import { complaintPage } from './complaint.page';
import type { PassModel } from './pass-model';
import { ReceiptPass } from './receipt-pass';
import type { Unfinished } from './return.form';
import { writePage, type Writing } from './write.page';

/** What was just done, said at the top of the page. */
export type Deed = 'write' | 'add';

interface AskingChoices {
  readonly status?: number;
  readonly ended?: boolean;
  /** Why the text that came along is not shown. */
  readonly withheld?: 'old' | 'sent' | undefined;
}

/** A text that came with a page whose time is over, and for what it was meant. */
export interface LeftText {
  readonly goOnWith?: Unfinished | undefined;
  readonly text?: string | undefined;
  /** It is known to be stored. */
  readonly wasSent?: boolean;
}

/** Draws the pages of a complaint that is open in the page itself. */
@Injectable()
export class PassPages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly pass: ReceiptPass,
    private readonly open: OpenComplaintByReceipt,
    private readonly secrets: IntakeSecrets,
    private readonly origins: FormOrigins,
    private readonly clock: Clock,
  ) {}

  /** The complaint; without one behind the number, the page on which a number is typed. */
  async complaint(
    res: Response,
    digits: string,
    { wish = {}, done }: { readonly wish?: ConversationWish; readonly done?: Deed } = {},
  ): Promise<void> {
    const opened = await this.open.run({ digits, now: this.clock.now(), ...wish });
    if (!opened.ok) {
      this.ask(res, formPage(), { status: 401 });
      return;
    }
    const complaint = complaintPage(opened.view, contextOf(res).language, wish);
    this.pages.render(res, 'my-complaint/my-complaint.njk', { complaint, done, pass: this.model(res, digits) });
  }

  write(res: Response, digits: string, writing: Writing): void {
    writePage(this.pages, res, writing, this.model(res, digits));
  }

  /** An empty page to write on, or one with what was written before the time ran out. */
  beginWriting(res: Response, digits: string, what: Unfinished, text?: string): void {
    const form = text === undefined ? formPage() : { values: { text }, errors: [] };
    this.write(res, digits, { what, form, key: randomUUID(), status: 200 });
  }

  /**
   * The time of a page is over: the number is asked again. What was written on it comes along if that is not long ago; later, it is said that it does not, for
   * whoever sends so old a page again may be somebody else who presses “Back”. What is known to be sent is not shown again either.
   */
  askAgain(res: Response, age: 'lately' | 'ended', { goOnWith, text, wasSent = false }: LeftText): void {
    const wasWriting = goOnWith !== undefined && text !== undefined && text !== '';
    const sent = wasSent ? 'sent' : undefined;
    const reason = age === 'ended' ? 'old' : sent;
    const values = wasWriting && reason === undefined ? { goOnWith, text } : {};
    this.ask(res, { values, errors: [] }, { status: 401, ended: true, withheld: wasWriting ? reason : undefined });
  }

  /** The page on which a number is typed. */
  ask(res: Response, form: FormPage, { status = 200, ended = false, withheld }: AskingChoices = {}): void {
    const door = { action: `/return?lang=${contextOf(res).language}`, sealed: this.pass.sealDoor(this.clock.machineNow()) };
    this.pages.render(res, 'return/return.njk', { form, ended, withheld, minutes: this.secrets.receiptMinutes, door }, status);
  }

  /** For the pages that are drawn elsewhere. */
  model(res: Response, digits: string): PassModel {
    const action = `/my-complaint/without-cookies?lang=${contextOf(res).language}`;
    const isOriginUnsaid = this.origins.of(res.req) === 'unsaid';
    return { action, sealed: this.pass.seal(digits, this.clock.machineNow()), isOriginUnsaid };
  }
}
