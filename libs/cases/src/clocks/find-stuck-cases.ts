import { Injectable } from '@nestjs/common';
import { findAction, findClock, hasWayOut, nextFiring, stagesWithFreeWayOut, type Procedure, type StaffRole } from '@recourse/domain';
import {
  listApprovalsOverdue,
  listApprovalsWithoutPerson,
  listAwaitedActions,
  listClocksSetAside,
  listClocksWithoutMoment,
  listDeadlinesOfTrack,
  listOpenPlaces,
  listOpenTracksAt,
  listOpenTracksWithoutClock,
  listOpenTracksWithoutPerson,
  listPausesWithoutEnd,
  listPausesWithoutReason,
  listRoleHolders,
  listTracksWithClosedKey,
  type ClockWithoutMoment,
  type OpenPlace,
  type StuckRow,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { collectFacts } from '../actions/collect-facts';
import { DESK_TEAM } from '../institution/set-up-institution';
import { openClock, timesGivenTo } from './change-clocks';
import { RuleBook, UnreadableProcedure } from '../procedures/rule-book';

/** Every way in which an open track can be forgotten, in the order of {@link FindStuckCases}' findings. */
export const STUCK_KINDS = [
  'track_without_clock',
  'clock_without_moment',
  'clock_set_aside',
  'case_key_set_aside',
  'pause_without_reason',
  'pause_without_end',
  'approval_without_person',
  'approval_overdue',
  'track_without_person',
  'track_without_way_out',
] as const;

/** One way in which an open track can be forgotten. */
export type StuckKind = (typeof STUCK_KINDS)[number];

/** One open track and what is wrong with it. A track may be found for several reasons, and for one of them once for each clock. */
export interface StuckCase extends StuckRow {
  readonly kind: StuckKind;
}

/** So many tracks are read at a time where each has to be looked at. */
const PAGE = 500;

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
      case_key_set_aside: await listTracksWithClosedKey(tx, limit),
      pause_without_reason: await listPausesWithoutReason(tx, limit),
      pause_without_end: await listPausesWithoutEnd(tx, limit),
      approval_without_person: await this.#thatNobodyCanGive(tx, limit),
      approval_overdue: await listApprovalsOverdue(tx, now, limit),
      track_without_person: await listOpenTracksWithoutPerson(tx, limit),
      track_without_way_out: await this.#withoutWayOut(tx, now, limit),
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

  /**
   * Tracks that nobody on their team can lead to an end. Out of most stages there is a way that asks for nothing; only the tracks of the others are looked at
   * one by one. Whom a team lacks altogether, `track_without_person` tells.
   */
  async #withoutWayOut(tx: EntityManager, now: Date, limit: number): Promise<readonly StuckRow[]> {
    const teams = new Map((await listRoleHolders(tx, DESK_TEAM)).map(({ team, holders }) => [team, rolesHeld(holders)]));
    const found: StuckRow[] = [];
    for (const place of await listOpenPlaces(tx)) {
      const roles = teams.get(place.team) ?? NO_ROLES;
      if (roles.size > 0 && found.length < limit) {
        found.push(...(await this.#stuckAt(tx, place, roles, now)));
      }
    }
    return found.sort((one, other) => one.since.getTime() - other.since.getTime()).slice(0, limit);
  }

  /** Under rules that cannot be read nobody can do anything. The search goes on with the others. */
  async #readable(tx: EntityManager, versionId: string): Promise<Procedure | undefined> {
    try {
      return await this.ruleBook.procedure(tx, versionId);
    } catch (error) {
      if (error instanceof UnreadableProcedure) {
        return undefined;
      }
      throw error;
    }
  }

  async #stuckAt(tx: EntityManager, place: OpenPlace, roles: ReadonlySet<StaffRole>, now: Date): Promise<readonly StuckRow[]> {
    const procedure = await this.#readable(tx, place.procedureVersionId);
    if (procedure && stagesWithFreeWayOut(procedure, roles).has(place.stage)) {
      return [];
    }
    const found: StuckRow[] = [];
    let after: string | undefined;
    do {
      const tracks = await listOpenTracksAt(tx, place, PAGE, after);
      for (const track of tracks) {
        // Who took part in the track before does not matter: a way out must not depend on that.
        const { established: facts, companyNamed } = await collectFacts(tx, { ...track, parentTrackId: null }, now);
        const deadlines = await listDeadlinesOfTrack(tx, track.id);
        const clocks = deadlines.filter(isOpen).map(openClock);
        const given = timesGivenTo(deadlines);
        if (!procedure || !hasWayOut(procedure, { stage: place.stage, facts, companyNamed, clocks, given }, roles, now)) {
          found.push(track);
        }
      }
      after = tracks.length < PAGE ? undefined : tracks.at(-1)?.id;
    } while (after !== undefined && found.length < STUCK_CASES_OF_A_KIND);
    return found;
  }
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'running' || state === 'paused';
}

const NO_ROLES: ReadonlySet<StaffRole> = new Set();

function rolesHeld(holders: Readonly<Partial<Record<StaffRole, readonly string[]>>>): ReadonlySet<StaffRole> {
  const held = (Object.keys(holders) as StaffRole[]).filter((role) => role !== 'administrator' && (holders[role] ?? []).length > 0);
  return new Set(held);
}
