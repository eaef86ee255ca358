import { randomUUID } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { openToken, sealToken } from '@recourse/vault';
import type { FormValues } from '@recourse/web';
import { IntakeSecrets } from '../intake-secrets';
import { isQuestion, type Question } from './questions';

/** What was posted for each question, cleaned, valid or not: checked when a page is left forwards and again before sending. */
export type Answers = Readonly<Partial<Record<Question, FormValues>>>;

/** A complaint that somebody is writing. It lives in the page, sealed; nothing of it is stored (docs/adr/0002). */
export interface Draft {
  /** Makes a double click one complaint (docs/adr/0004). 122 random bits, known to nobody but the page. */
  readonly key: string;
  readonly answers: Answers;
  /** True once all answers were shown for checking: from then on a changed answer leads back there. */
  readonly checked: boolean;
}

/**
 * - `fresh`: as it was sealed.
 * - `old`: past its time, but ours: the answers are kept and the person is told to look them over.
 * - `ended`: so long past its time that whoever sends it may not be who wrote it; only where a page is all that proves it.
 * - `unproven`: ours and of this visit, but the page came without its form token: shown again to whoever sent it, and nothing else.
 * - `unreadable`: sealed under another secret or in another visit, changed, cut off, or missing.
 */
export type OpenedDraft =
  { readonly state: 'fresh' | 'old' | 'unproven'; readonly draft: Draft } | { readonly state: 'ended' } | { readonly state: 'unreadable' };

/**
 * Where a sealed draft opens. `visit`: only in the visit in which it was written, so that nobody who presses "Back" after it is over finds it. `page`:
 * wherever the page is, for a browser that keeps no cookies and so has no visit; its owner was told what that means.
 */
export type DraftPlace = { readonly kind: 'visit'; readonly visit: string } | { readonly kind: 'page' };

/**
 * For so long after its time a draft of a page without a visit is still given back. Long enough for somebody who left the page open over night and goes on; not longer,
 * because nothing can end such a page: whoever presses “Back” in that browser sends it again, and would read the story and the number.
 */
const keptHours = 24;

/** Larger than any draft that fits into a form; what inflates beyond it is refused instead of filling the memory. */
const largestDraft = 4 * 1024 * 1024;

/** Seals drafts into the page and opens them again. */
@Injectable()
export class DraftSealer {
  constructor(private readonly secrets: IntakeSecrets) {}

  /** An empty draft with a key of its own. */
  start(): Draft {
    return { key: randomUUID(), answers: {}, checked: false };
  }

  /** Packed before sealing: each step uploads the story again, and on 2G half the bytes are half the wait. */
  seal(draft: Draft, place: DraftPlace, machineNow: Date): string {
    const packed = deflateRawSync(JSON.stringify(draft)).toString('base64');
    return sealToken(this.secrets.secret, purposeOf(place), packed, new Date(machineNow.getTime() + this.secrets.formHours * 3_600_000));
  }

  open(token: string, place: DraftPlace, machineNow: Date): OpenedDraft {
    const opened = openToken(this.secrets.secret, purposeOf(place), token, machineNow);
    if (opened.ok) return { state: 'fresh', draft: unpack(opened.value) };
    if (opened.reason !== 'expired') return { state: 'unreadable' };
    return place.kind === 'page' && this.isEnded(token, place, machineNow)
      ? { state: 'ended' }
      : { state: 'old', draft: unpack(opened.value) };
  }

  private isEnded(token: string, place: DraftPlace, machineNow: Date): boolean {
    return !openToken(this.secrets.secret, purposeOf(place), token, new Date(machineNow.getTime() - keptHours * 3_600_000)).ok;
  }
}

/** The purpose is part of the key and of the associated data: a draft of another visit is as unreadable as one of another secret. */
function purposeOf(place: DraftPlace): string {
  return place.kind === 'visit' ? `complaint-draft|visit|${place.visit}` : 'complaint-draft|page';
}

/** The draft with the answer to one question replaced. */
export function answered(draft: Draft, question: Question, values: FormValues): Draft {
  return { ...draft, answers: { ...draft.answers, [question]: values } };
}

/** Only what `seal` packed comes here, so a surprise is a bug and throws. */
function unpack(value: unknown): Draft {
  const json = inflateRawSync(Buffer.from(String(value), 'base64'), { maxOutputLength: largestDraft }).toString('utf8');
  const { key, answers, checked } = JSON.parse(json) as Draft;
  // Sealed by another release, it may hold a question that is no longer asked.
  const known = Object.entries(answers).filter(([question]) => isQuestion(question));
  return { key, answers: Object.fromEntries(known), checked };
}
