import { BOARD_PARTS, type BoardItem, type BoardPage, type BoardPart } from '@recourse/cases';
import type { Say } from '@recourse/web';
import type { CodeWord } from '../case/code-word';
import { durationWord } from '../case/timeline';
import { worded } from '../case/worded';

/** One line of the board, as the template receives it. Dates are `YYYY-MM-DD`, as the calendar of the clock counts its days. */
export interface BoardLine {
  readonly reference: string;
  readonly href: string;
  /** Undefined when its rules cannot be read. */
  readonly stage: string | undefined;
  readonly kind: string;
  readonly country: string | undefined;
  readonly company: string | undefined;
  readonly team: string;
  readonly assignee: string | undefined;
  readonly due:
    | {
        readonly clock: string | undefined;
        readonly on: string;
        /** Where the hour matters too. */
        readonly at: Date | undefined;
        readonly isLate: boolean;
        readonly lateBy: string | undefined;
        readonly missedOn: string | undefined;
      }
    | undefined;
  readonly pause:
    | {
        readonly clock: string;
        readonly sinceOn: string;
        readonly reason: string | undefined;
        readonly untilOn: string | undefined;
        readonly isEndless: boolean;
      }
    | undefined;
  readonly approval:
    { readonly action: string; readonly askedBy: string; readonly askedAt: Date; readonly answerDueOn: string } | undefined;
}

/** What the board's template receives. */
export interface BoardModel {
  readonly tabs: readonly {
    readonly part: BoardPart;
    readonly href: string;
    readonly text: string;
    readonly count: number;
    readonly current: boolean;
  }[];
  readonly lines: readonly BoardLine[];
  readonly part: BoardPart;
  readonly nextHref: string | undefined;
  readonly isFirstPage: boolean;
}

/** In whose words. */
export interface Reader {
  readonly language: string;
  readonly say: Say;
  readonly word: CodeWord;
  readonly now: Date;
}

/** The board as a page: pure, from what the use case listed. */
export function boardModel(page: BoardPage, part: BoardPart, after: string | undefined, reader: Reader): BoardModel {
  return {
    tabs: BOARD_PARTS.map((one) => ({
      part: one,
      href: `/board?show=${one}`,
      text: reader.say(`casework-board.tabs.${one}`),
      count: page.counts[one],
      current: one === part,
    })),
    lines: page.items.map((item) => boardLine(item, reader)),
    part,
    nextHref: page.next === undefined ? undefined : `/board?show=${part}&after=${encodeURIComponent(page.next)}`,
    isFirstPage: after === undefined,
  };
}

function boardLine({ due, pause, approval, ...item }: BoardItem, { language, word, say, now }: Reader): BoardLine {
  return {
    reference: item.reference,
    href: `/cases/${item.reference}`,
    stage: item.stageName && worded(item.stageName, language),
    kind: word('kind', item.kind),
    country: item.country,
    company: item.company?.name,
    team: item.team.name,
    assignee: item.assignee?.displayName,
    due: due && {
      clock: due.clockName && worded(due.clockName, language),
      on: due.on,
      at: due.withinTheDay ? due.at : undefined,
      isLate: due.isLate,
      missedOn: due.missedOn,
      lateBy: due.isLate ? lateBy(due.at, now, say) : undefined,
    },
    pause: pause && {
      clock: worded(pause.clockName, language),
      sinceOn: pause.sinceOn,
      reason: pause.reasonName && worded(pause.reasonName, language),
      untilOn: pause.untilOn,
      isEndless: pause.isEndless,
    },
    approval: approval && {
      action: worded(approval.actionName, language),
      askedBy: approval.requestedBy.displayName,
      askedAt: approval.requestedAt,
      answerDueOn: approval.answerDueOn,
    },
  };
}

/** How late: whole days, or hours on the first day. */
function lateBy(at: Date, now: Date, say: Say): string | undefined {
  const hours = Math.floor((now.getTime() - at.getTime()) / 3_600_000);
  if (hours < 1) return undefined;
  return durationWord(hours < 24 ? { amount: hours, unit: 'hours' } : { amount: Math.floor(hours / 24), unit: 'calendar_days' }, say);
}
