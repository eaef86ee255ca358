import { Injectable } from '@nestjs/common';
import { findAction, findClock, nextFiring } from '@recourse/domain';
import {
  listApprovalsOverdue,
  listApprovalsWithoutPerson,
  listAwaitedActions,
  listClocksSetAside,
  listClocksWithoutMoment,
  listOpenTracksWithoutClock,
  listOpenTracksWithoutPerson,
  listPausesWithoutEnd,
  listPausesWithoutReason,
  type ClockWithoutMoment,
  type StuckRow,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';

/** Every way in which an open track can be forgotten, in the order of {@link FindStuckCases}' findings. */
export const STUCK_KINDS = [
  'track_without_clock',
  'clock_without_moment',
  'clock_set_aside',
  'pause_without_reason',
  'pause_without_end',
  'approval_without_person',
  'approval_overdue',
  'track_without_person',
] as const;

/** One way in which an open track can be forgotten. */
export type StuckKind = (typeof STUCK_KINDS)[number];

/** One open track and what is wrong with it. A track may be found for several reasons, and for one of them once for each clock. */
export interface StuckCase extends StuckRow {
  readonly kind: StuckKind;
}

/** At most so many findings of one kind: whoever has more has one reason for them all. */
export const STUCK_CASES_OF_A_KIND = 1_000;

/**
 * Looks for open tracks that nothing would ever bring back to a person: what the proof at publishing and the constraints of the database should make
 * impossible, and what they cannot, such as a team that everybody has left. Reads open work only. Run as the worker or the owner.
 */
@Injectable()
export class FindStuckCases {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ruleBook: RuleBook,
  ) {}

  /**
   * @param input.now requests that were to be answered before it are overdue
   * @returns by kind, the longest stuck first; at most {@link STUCK_CASES_OF_A_KIND} of each
   */
  async run({ now }: { readonly now: Date }): Promise<readonly StuckCase[]> {
    const tx = this.dataSource.manager;
    const limit = STUCK_CASES_OF_A_KIND;
    const found: Readonly<Record<StuckKind, readonly StuckRow[]>> = {
      track_without_clock: await listOpenTracksWithoutClock(tx, limit),
      clock_without_moment: await this.#thatShouldFire(tx, await listClocksWithoutMoment(tx, limit)),
      clock_set_aside: await listClocksSetAside(tx, limit),
      pause_without_reason: await listPausesWithoutReason(tx, limit),
      pause_without_end: await listPausesWithoutEnd(tx, limit),
      approval_without_person: await this.#thatNobodyCanGive(tx, limit),
      approval_overdue: await listApprovalsOverdue(tx, now, limit),
      track_without_person: await listOpenTracksWithoutPerson(tx, limit),
    };
    return STUCK_KINDS.flatMap((kind) =>
      found[kind].map(({ reference, trackId, since }): StuckCase => ({ kind, reference, trackId, since })),
    );
  }

  /** A clock whose ladder is at its end has told everybody; one that its procedure or the calendars do not know tells nobody. */
  async #thatShouldFire(tx: EntityManager, clocks: readonly ClockWithoutMoment[]): Promise<readonly StuckRow[]> {
    const found: StuckRow[] = [];
    for (const clock of clocks) {
      const rule = findClock(await this.ruleBook.procedure(tx, clock.procedureVersionId), clock.kind);
      const calendar = this.ruleBook.calendars.get(clock.calendar);
      const isAtTheEnd =
        rule !== undefined && calendar !== undefined && nextFiring(rule, clock.startedAt, clock.dueAt, calendar, clock.level) === undefined;
      if (!isAtTheEnd) {
        found.push(clock);
      }
    }
    return found;
  }

  /** Publishing proved that somebody could agree; whoever could has left the team since, got another role, or asked for it themselves. */
  async #thatNobodyCanGive(tx: EntityManager, limit: number): Promise<readonly StuckRow[]> {
    const awaited = [];
    for (const { procedureVersionId, action } of await listAwaitedActions(tx)) {
      const procedure = await this.ruleBook.procedure(tx, procedureVersionId);
      awaited.push({ procedureVersionId, action, roles: findAction(procedure, action)?.approval?.roles ?? [] });
    }
    return listApprovalsWithoutPerson(tx, awaited, limit);
  }
}
