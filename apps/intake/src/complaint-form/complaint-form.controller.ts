import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { FileComplaint } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  contextOf,
  formPage,
  isOutage,
  PageRenderer,
  Public,
  webOptionsToken,
  type FormError,
  type FormPage,
  type WebOptions,
} from '@recourse/web';
import { ReceiptCookie } from '../receipt/receipt-cookie';
import { complaintFromAnswers } from './complaint-from-answers';
import { ComplaintFormPage } from './complaint-form.page';
import { DraftSealer, type Draft } from './draft';
import { lastDayOnEarth } from './last-day-on-earth';
import type { QuestionForms } from './question-forms';
import { problemsByQuestion } from './refused-complaint';
import { questions } from './questions';
import { readPostedStep } from './step.form';
import { takeStep, type NextStep } from './take-step';

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
    private readonly fileComplaint: FileComplaint,
    private readonly receipts: ReceiptCookie,
    @Inject(webOptionsToken) private readonly options: WebOptions,
    private readonly clock: Clock,
  ) {}

  @Get()
  start(@Res() res: Response): void {
    this.page.question(res, questions[0], this.drafts.start(), formPage());
  }

  @Post()
  async step(@Body() body: unknown, @Res() res: Response): Promise<void> {
    const now = this.clock.now();
    const posted = readPostedStep(body);
    const next = takeStep(posted, this.drafts.open(posted.draft, this.clock.machineNow()), this.drafts.start(), {
      today: lastDayOnEarth(now),
    });
    if (next.kind === 'question') {
      this.page.question(res, next.question, next.draft, next.form);
      return;
    }
    if (next.kind === 'check') {
      this.page.check(res, next.draft, next.forms, next.form);
      return;
    }
    // "As a new complaint" takes a key of its own; everything else is the same submit, however often it arrives.
    const draft = posted.go === 'send_new' ? { ...next.draft, key: this.drafts.start().key } : next.draft;
    await this.send(res, { ...next, draft }, now);
  }

  private async send(res: Response, { draft, forms }: NextStep & { kind: 'send' }, now: Date): Promise<void> {
    const page = { language: contextOf(res).language, say: this.pages.say(res), timeZone: this.options.timeZone };
    const complaint = complaintFromAnswers(forms, page);
    try {
      const filed = await this.fileComplaint.run({ idempotencyKey: draft.key, channel: 'web_form', complaint, now });
      if (filed.ok) {
        this.receipts.keep(res, { digits: filed.receipt, reference: filed.reference }, this.clock.machineNow());
        res.redirect(303, '/receipt');
        return;
      }
      this.refuse(res, draft, forms, filed);
    } catch (error) {
      if (!isOutage(error)) throw error;
      this.notStored(res, draft, forms);
    }
  }

  private refuse(res: Response, draft: Draft, forms: QuestionForms, refusal: Refusal): void {
    if (refusal.code === 'key_reused_with_other_body') {
      this.page.check(res, draft, forms, formPage(), { status: 409, sent: true });
      return;
    }
    // Our own key and our own rules: the rules of the form are narrower than those of the use case, except for lists
    // that only the use case knows (countries). A refusal without a field is a bug of ours.
    const first = refusal.code === 'complaint_invalid' ? problemsByQuestion(refusal.problems)[0] : undefined;
    if (!first) throw new Error(`The form made a complaint that was refused: ${refusal.code}`);
    const form: FormPage = { values: draft.answers[first.question] ?? {}, errors: first.errors };
    this.page.question(res, first.question, draft, form);
  }

  /** The form's own answer to a database that is down: the same page, everything in it, and never a word of success. */
  private notStored(res: Response, draft: Draft, forms: QuestionForms): void {
    const error: FormError = { field: 'draft', key: 'intake-problems.sending.not_stored', params: {}, href: undefined };
    res.setHeader('retry-after', '30');
    this.page.check(res, draft, forms, { values: {}, errors: [error] }, { status: 503 });
  }
}

type Refusal = Exclude<Awaited<ReturnType<FileComplaint['run']>>, { ok: true }>;
