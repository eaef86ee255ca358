import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AddToComplaint,
  RecogniseSentText,
  SendComplaintMessage,
  type AddToComplaintResult,
  type SendComplaintMessageResult,
} from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { formPage, isOutage, readForm, type FormError, type FormPage } from '@recourse/web';
import { secondsUntil } from '../seconds-until';
import { hoursUntil } from './hours-until';
import { AdditionForm, MessageForm } from './message.form';
import type { Unfinished } from './return.form';

/** A text as it was posted. Whatever becomes of it, `text` is shown again. */
export interface TypedText {
  readonly what: Unfinished;
  readonly text: string;
  /** Makes a double click one message; made here where the page brought none. */
  readonly key: string;
  /** With what is wrong with it, if anything is. */
  readonly form: FormPage;
}

/**
 * - `sent`: it is stored, or was before.
 * - `unknown`: the number opens nothing.
 * - `refused`: the page is to be shown again with everything on it.
 */
export type SentText = { readonly state: 'sent' } | { readonly state: 'unknown' } | RefusedText;

/** A text that was not taken, ready to be shown again. */
export interface RefusedText {
  readonly state: 'refused';
  readonly form: FormPage;
  readonly key: string;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

type Outcome = SendComplaintMessageResult | AddToComplaintResult;

/** Takes messages to the staff and additions to what happened: two things that work the same way. */
@Injectable()
export class TextDesk {
  constructor(
    private readonly sendMessage: SendComplaintMessage,
    private readonly addToComplaint: AddToComplaint,
    private readonly recogniseSent: RecogniseSentText,
    private readonly clock: Clock,
  ) {}

  /** Reads a posted page. Nothing is sent yet. */
  read(what: Unfinished, body: unknown): TypedText {
    const reading = readForm(what === 'message' ? MessageForm : AdditionForm, body);
    const form = formPage(reading);
    const key = reading.ok ? reading.form.key : undefined;
    return { what, text: typeof form.values.text === 'string' ? form.values.text : '', key: key ?? randomUUID(), form };
  }

  /** Sends what was read. An outage is an answer, too: everything that was typed is still there. */
  async send(digits: string, typed: TypedText): Promise<SentText> {
    const { form, key } = typed;
    if (form.errors.length > 0) return { state: 'refused', form, key, status: 422 };
    const now = this.clock.now();
    try {
      return answerTo(await this.store(digits, typed, now), typed, now);
    } catch (error) {
      if (!isOutage(error)) throw error;
      return { ...again(typed, 'not_stored', 503), retryAfterSeconds: 30 };
    }
  }

  /** Whether this text is stored already. In an outage it counts as not sent: better shown once more than lost. */
  async wasSent(digits: string, { what, text, key: clientKey }: TypedText): Promise<boolean> {
    try {
      return await this.recogniseSent.run({ digits, what: what === 'message' ? 'message' : 'addition', clientKey, text });
    } catch (error) {
      if (!isOutage(error)) throw error;
      return false;
    }
  }

  private store(digits: string, { what, text, key: clientKey }: TypedText, now: Date): Promise<Outcome> {
    const visit = { digits, now, clientKey };
    return what === 'message' ? this.sendMessage.run({ ...visit, body: text }) : this.addToComplaint.run({ ...visit, text });
  }
}

function answerTo(outcome: Outcome, typed: TypedText, now: Date): SentText {
  if (outcome.ok) return { state: 'sent' };
  switch (outcome.code) {
    case 'not_found':
      return { state: 'unknown' };
    case 'closed':
    case 'case_full':
      return again(typed, outcome.code, 409);
    case 'key_reused_with_other_body':
      // Another key, so that one more press sends this text too.
      return again({ ...typed, key: randomUUID() }, 'other_sent', 409);
    case 'too_many_today': {
      const { retryAt } = outcome;
      const refused = again(typed, outcome.code, 429, { hours: hoursUntil(retryAt, now) });
      return { ...refused, retryAfterSeconds: secondsUntil(retryAt, now) };
    }
    default:
      // A key or a text that the rules of the form let through and those of the use case do not: a bug of ours.
      throw new Error(`The form made a text that was refused: ${outcome.code}`);
  }
}

/** The same page with everything on it, and one sentence about why. */
function again({ text, key }: TypedText, problem: string, status: number, params: FormError['params'] = {}): RefusedText {
  const error: FormError = { field: 'text', key: `intake-complaint.problems.${problem}`, params, href: '#text' };
  return { state: 'refused', form: { values: { text }, errors: [error] }, key, status };
}
