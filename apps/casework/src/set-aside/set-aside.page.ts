import type { SetAsideItem, SetAsidePage } from '@recourse/cases';
import type { CodeWord } from '../case/code-word';
import { worded } from '../case/worded';

/** One piece of work that was given up, as the template receives it. */
export interface SetAsideLine {
  readonly work: SetAsideItem['work'];
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
  /** True when a case key is among them: what to do about that is another thing. */
  readonly hasKeys: boolean;
  /** True when a member's key of a team is. */
  readonly hasTeamKeys: boolean;
  readonly nextHref: string | undefined;
  readonly isFirstPage: boolean;
}

/** Where the words for the codes of each kind of work are. A clock is called as its procedure calls it; a team's own code stands for itself. */
const AREA: Readonly<Record<SetAsideItem['work'], string>> = { clock: 'clock', task: 'topic', case_key: 'team', team_key: 'team' };

/** What was set aside as a page: pure, from what the use case listed. */
export function setAsideModel(page: SetAsidePage, after: string | undefined, language: string, word: CodeWord): SetAsideModel {
  return {
    lines: page.items.map(({ work, id, code, name, setAsideAt, attempts, errorCode, reference }) => ({
      work,
      name: name ? worded(name, language) : word(AREA[work], code),
      setAsideAt,
      attempts,
      errorCode,
      reference,
      retryPath: `/set-aside/${work}/${id}`,
    })),
    hasKeys: page.items.some(({ work }) => work === 'case_key'),
    hasTeamKeys: page.items.some(({ work }) => work === 'team_key'),
    nextHref: page.next === undefined ? undefined : `/set-aside?after=${encodeURIComponent(page.next)}`,
    isFirstPage: after === undefined,
  };
}
