import type { EntityManager } from 'typeorm';

import type { NotificationToSend, RuleBook } from '@recourse/cases';
import {
  clockName,
  findClock,
  findStage,
  nextFiring,
  type Calendar,
  type CaseEventPayloads,
  type Procedure,
  type Wording,
} from '@recourse/domain';

type ToStaff = Extract<NotificationToSend, { recipientKind: 'staff' }>;
type Fired = CaseEventPayloads['clock_ran_out'];

/** What a mail about a clock says: words of the published procedure and dates, in the recipient's language. */
export interface ClockParams {
  readonly stage: string;
  /** What is done by then. */
  readonly clock: string;
  readonly dueOn: string;
  /** One line for each firing that passed unnoticed; empty when there was none. */
  readonly missed: string;
}

/** Puts the firing of a clock into words. */
export class ClockWords {
  /** @param timeZone used when the calendar of a clock is not known any more */
  constructor(
    private readonly ruleBook: RuleBook,
    private readonly timeZone: string,
  ) {}

  /**
   * @param tx to read the procedure the first time
   * @param toSend a notification to staff
   * @param language of the catalogue
   * @returns the parameters that mails about clocks need; nothing for other notifications
   */
  async about(tx: EntityManager, { events, track }: ToStaff, language: string): Promise<ClockParams | undefined> {
    const last = events.at(-1);
    if (last === undefined || track === undefined || !('dueAt' in last.payload)) {
      return undefined;
    }
    // It fired before its rules were damaged: a mail that names the clock by its code is better than none.
    const procedure = (await this.ruleBook.readable(tx, [track.procedureVersionId])).get(track.procedureVersionId);
    const fired = last.payload as unknown as Fired;
    const calendar = this.#calendarOf(procedure, fired.clock);
    const dueAt = new Date(fired.dueAt);
    const missed = events.filter(({ type }) => type === 'clock_missed').flatMap(({ payload }) => payload['levels'] as readonly number[]);
    return {
      stage: wordingIn(procedure && findStage(procedure, fired.stage)?.staffName, language) ?? fired.stage.replaceAll('_', ' '),
      clock: wordingIn(clockName(procedure, fired.clock), language) ?? fired.clock,
      dueOn: dateIn(language, dueAt, calendar?.timeZone ?? this.timeZone),
      missed: missed.map((level) => `- ${this.#firingOn(procedure, fired, level, language)}`).join('\n'),
    };
  }

  #calendarOf(procedure: Procedure | undefined, clock: string): Calendar | undefined {
    const code = procedure && findClock(procedure, clock)?.calendar;
    return code === undefined ? undefined : this.ruleBook.calendars.get(code);
  }

  /** The day of a firing. What precedes the due date is a warning, so the day alone says which. */
  #firingOn(procedure: Procedure | undefined, fired: Fired, level: number, language: string): string {
    const clock = procedure && findClock(procedure, fired.clock);
    const calendar = this.#calendarOf(procedure, fired.clock);
    const dueAt = new Date(fired.dueAt);
    // The start only keeps a warning from coming before it, which does not matter for one that has passed.
    const firing = clock && calendar && nextFiring(clock, new Date(0), dueAt, calendar, level);
    return dateIn(language, firing?.at ?? dueAt, calendar?.timeZone ?? this.timeZone);
  }
}

function wordingIn(wording: Wording | undefined, language: string): string | undefined {
  return wording?.[language] ?? wording?.['en'] ?? (wording && Object.values(wording)[0]);
}

function dateIn(language: string, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
}
