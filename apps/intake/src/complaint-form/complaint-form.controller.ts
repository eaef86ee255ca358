import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { FileComplaint, isDeskClosed } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  ChecksTokenItself,
  contextOf,
  formPage,
  FormTokens,
  isOutage,
  keepQuery,
  PageRenderer,
  Public,
  webOptionsToken,
  type FormError,
  type FormPage,
  type WebOptions,
} from '@recourse/web';
import { ReceiptCookie, type ShownReceipt } from '../receipt/receipt-cookie';
import { ReceiptPage } from '../receipt/receipt.page';
import { complaintFromAnswers } from './complaint-from-answers';
import { ComplaintFormPage, type Written } from './complaint-form.page';
import { DraftSealer } from './draft';
import { DraftDoor } from './draft-door';
import { lastDayOnEarth } from './last-day-on-earth';
import type { QuestionForms } from './question-forms';
import { problemsByQuestion } from './refused-complaint';
import { questions } from './questions';
import { readPostedStep } from './step.form';
import { takeStep } from './take-step';

/**
 * The form. One address for all its pages, so that the browser's history shows one page; the answers travel sealed in
 * the page, and nothing is stored until they are sent (docs/adr/0002).
 */
@Controller('complaint')
@Public()
export class ComplaintFormController {
  constructor(
    private readonly page: ComplaintFormPage,
    private readonly pages: PageRenderer,
    private readonly drafts: DraftSealer,
    private readonly door: DraftDoor,
    private readonly tokens: FormTokens,
    private readonly fileComplaint: FileComplaint,
    private readonly receipts: ReceiptCookie,
    private readonly receiptPage: ReceiptPage,
    @Inject(webOptionsToken) private readonly options: WebOptions,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether the browser keeps cookies is found out before anything is typed: a request without the cookie of a visit is given one and asked to come
   * again (`cookies=try`). Who comes without it once more is told, and chooses (`cookies=none`).
   */
  @Get()
  start(@Req() req: Request, @Res() res: Response, @Query('cookies') cookies: unknown): void {
    const place = this.door.visitOf(req);
    if (place !== undefined || cookies === 'none') {
      if (place === undefined) keepQuery(res, { cookies: 'none' });
      this.page.question(res, questions[0], { draft: this.drafts.start(), place: place ?? { kind: 'page' } }, formPage());
      return;
    }
    if (cookies === 'try') {
      keepQuery(res, { cookies });
      this.pages.render(res, 'complaint/no-cookies.njk');
      return;
    }
    this.tokens.renew(res);
    res.redirect(303, `/complaint?cookies=try&lang=${contextOf(res).language}`);
  }

  @Post()
  @ChecksTokenItself()
  async step(@Req() req: Request, @Body() body: unknown, @Res() res: Response): Promise<void> {
    const now = this.clock.now();
    const posted = readPostedStep(body);
    const { opened, place } = this.door.open(req, posted.draft);
    const next = takeStep(posted, opened, this.drafts.start(), { today: lastDayOnEarth(now) });
    const written = { draft: next.draft, place };
    if (next.kind === 'question') {
      this.page.question(res, next.question, written, next.form);
      return;
    }
    if (next.kind === 'check') {
      this.page.check(res, written, next.forms, next.form);
      return;
    }
    // "As a new complaint" takes a key of its own; everything else is the same submit, however often it arrives.
    const draft = posted.go === 'send_new' ? { ...next.draft, key: this.drafts.start().key } : next.draft;
    await this.send(res, { draft, place }, next.forms, now);
  }

  private async send(res: Response, written: Written, forms: QuestionForms, now: Date): Promise<void> {
    const page = { language: contextOf(res).language, say: this.pages.say(res), timeZone: this.options.timeZone };
    const complaint = complaintFromAnswers(forms, page);
    try {
      const filed = await this.fileComplaint.run({ idempotencyKey: written.draft.key, channel: 'web_form', complaint, now });
      if (filed.ok) {
        await this.showReceipt(res, written, { digits: filed.receipt, reference: filed.reference });
        return;
      }
      this.refuse(res, written, forms, filed);
    } catch (error) {
      if (!isOutage(error) && !isDeskClosed(error)) throw error;
      this.notStored(res, written, forms);
    }
  }

  /** On a page of its own, which a cookie carries it to; without cookies at once. */
  private async showReceipt(res: Response, { place }: Written, receipt: ShownReceipt): Promise<void> {
    if (place.kind === 'page') {
      await this.receiptPage.show(res, receipt, { withoutCookies: true });
      return;
    }
    this.receipts.keep(res, receipt, this.clock.machineNow());
    res.redirect(303, '/receipt');
  }

  private refuse(res: Response, written: Written, forms: QuestionForms, refusal: Refusal): void {
    if (refusal.code === 'key_reused_with_other_body') {
      this.page.check(res, written, forms, formPage(), { status: 409, sent: true });
      return;
    }
    // Our own key and our own rules: the rules of the form are narrower than those of the use case, except for lists
    // that only the use case knows (countries). A refusal without a field is a bug of ours.
    const first = refusal.code === 'complaint_invalid' ? problemsByQuestion(refusal.problems)[0] : undefined;
    if (!first) throw new Error(`The form made a complaint that was refused: ${refusal.code}`);
    const form: FormPage = { values: written.draft.answers[first.question] ?? {}, errors: first.errors };
    this.page.question(res, first.question, written, form);
  }

  /** The form's own answer to a database that is down, or rules that nothing goes by: the same page, everything in it, and never a word of success. */
  private notStored(res: Response, written: Written, forms: QuestionForms): void {
    const error: FormError = { field: 'draft', key: 'intake-problems.sending.not_stored', params: {}, href: undefined };
    res.setHeader('retry-after', '30');
    this.page.check(res, written, forms, { values: {}, errors: [error] }, { status: 503 });
  }
}

type Refusal = Exclude<Awaited<ReturnType<FileComplaint['run']>>, { ok: true }>;
