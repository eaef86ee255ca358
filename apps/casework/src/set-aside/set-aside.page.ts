import type { SetAsidePage } from '@recourse/cases';
import type { CodeWord } from '../case/code-word';

/** One piece of work that was given up, as the template receives it. */
export interface SetAsideLine {
  readonly work: 'clock' | 'task';
  /** What it is, in words. */
  readonly name: string;
  readonly setAsideAt: Date;
  readonly attempts: number;
  readonly errorCode: string | undefined;
  readonly reference: string | undefined;
  /** Where the form to try again goes. */
  readonly retryPath: string;
}

/** What the template receives. */
export interface SetAsideModel {
  readonly lines: readonly SetAsideLine[];
  readonly nextHref: string | undefined;
  readonly isFirstPage: boolean;
}

/** What was set aside as a page: pure, from what the use case listed. */
export function setAsideModel(page: SetAsidePage, after: string | undefined, word: CodeWord): SetAsideModel {
  return {
    lines: page.items.map(({ work, id, code, setAsideAt, attempts, errorCode, reference }) => ({
      work,
      name: word(work === 'clock' ? 'clock' : 'topic', code),
      setAsideAt,
      attempts,
      errorCode,
      reference,
      retryPath: `/set-aside/${work}/${id}`,
    })),
    nextHref: page.next === undefined ? undefined : `/set-aside?after=${encodeURIComponent(page.next)}`,
    isFirstPage: after === undefined,
  };
}
