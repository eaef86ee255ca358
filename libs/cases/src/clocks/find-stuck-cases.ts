import { Injectable } from '@nestjs/common';
import {
  findAction,
  recordedFacts,
  stagesWithFreeWayOut,
  WaysOut,
  type OpenStanding,
  type Procedure,
  type StaffRole,
} from '@recourse/domain';
import {
  listApprovalsOverdue,
  listApprovalsWithoutPerson,
  listAwaitedActions,
  listClocksSetAside,
  listDeadlinesThatCount,
  listFactEvents,
  listOpenPlaces,
  listOpenTracksAt,
  listOpenTracksOfVersions,
  listOpenTracksWithoutClock,
  listOpenTracksWithoutPerson,
  listPausesWithoutEnd,
  listPausesWithoutReason,
  listRoleHolders,
  listTracksWithClosedKey,
  type OpenPlace,
  type StuckRow,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { DESK_TEAM } from '../institution/set-up-institution';
import { openClock, timesGivenTo } from './change-clocks';
import { findSilentClocks, type RulesOfOpenTracks } from './find-silent-clocks';
import { RuleBook } from '../procedures/rule-book';

/** Every way in which an open track can be forgotten, in the order of {@link FindStuckCases}' findings. */
export const STUCK_KINDS = [
  'rules_unreadable',
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
  'everybody_told',
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
  /** The rule book gives a published version once and the same again, so what was found out about it holds in every search. */
  readonly #waysOut = new WeakMap<Procedure, WaysOut>();

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
    const places = await listOpenPlaces(tx);
    const { rules, unreadable } = await this.#readRules(tx, new Set(places.map(({ procedureVersionId }) => procedureVersionId)));
    const silent = await findSilentClocks(tx, rules, { now, limit });
    const found: Readonly<Record<StuckKind, readonly StuckRow[]>> = {
      rules_unreadable: await listOpenTracksOfVersions(tx, unreadable, limit),
      track_without_clock: await listOpenTracksWithoutClock(tx, limit),
      clock_without_moment: silent.lost,
      clock_set_aside: await listClocksSetAside(tx, limit),
      case_key_set_aside: await listTracksWithClosedKey(tx, limit),
      pause_without_reason: await listPausesWithoutReason(tx, limit),
      pause_without_end: await listPausesWithoutEnd(tx, limit),
      approval_without_person: await this.#thatNobodyCanGive(tx, rules, limit),
      approval_overdue: await listApprovalsOverdue(tx, now, limit),
      track_without_person: await listOpenTracksWithoutPerson(tx, limit),
      track_without_way_out: await this.#withoutWayOut(tx, places, rules, now, limit),
      everybody_told: silent.told,
    };
    return STUCK_KINDS.flatMap((kind) =>
      found[kind].map(({ reference, trackId, since }): StuckCase => ({ kind, reference, trackId, since })),
    );
  }

  /**
   * The rules of open tracks. One damaged version stops every track under it, a damaged calendar every track under a version that names it: that is found, and the
   * search goes on with what can still be told.
   */
  async #readRules(
    tx: EntityManager,
    versionIds: ReadonlySet<string>,
  ): Promise<{ readonly rules: RulesOfOpenTracks; readonly unreadable: readonly string[] }> {
    const procedures = await this.ruleBook.readable(tx, versionIds);
    const unreadable = [...versionIds].filter((versionId) => !procedures.has(versionId));
    return { rules: { procedures, calendars: this.ruleBook.calendars }, unreadable };
  }

  /** Publishing proved that somebody could agree; whoever could has left the team since, got another role, or asked for it themselves. */
  async #thatNobodyCanGive(tx: EntityManager, { procedures }: RulesOfOpenTracks, limit: number): Promise<readonly StuckRow[]> {
    const awaited = (await listAwaitedActions(tx)).flatMap(({ procedureVersionId, action }) => {
      const procedure = procedures.get(procedureVersionId);
      const roles = procedure && (findAction(procedure, action)?.approval?.roles ?? []);
      return roles === undefined ? [] : [{ procedureVersionId, action, roles }];
    });
    return listApprovalsWithoutPerson(tx, awaited, limit);
  }

  /**
   * Tracks that nobody on their team can lead to an end. Out of most stages there is a way that asks for nothing; only the tracks of the others are looked at
   * one by one. Whom a team lacks altogether, `track_without_person` tells.
   */
  async #withoutWayOut(
    tx: EntityManager,
    places: readonly OpenPlace[],
    rules: RulesOfOpenTracks,
    now: Date,
    limit: number,
  ): Promise<readonly StuckRow[]> {
    const teams = new Map((await listRoleHolders(tx, DESK_TEAM)).map(({ team, holders }) => [team, rolesHeld(holders)]));
    const found: StuckRow[] = [];
    for (const place of places) {
      const procedure = rules.procedures.get(place.procedureVersionId);
      const roles = teams.get(place.team) ?? NO_ROLES;
      if (procedure !== undefined && roles.size > 0 && found.length < limit) {
        found.push(...(await this.#stuckAt(tx, place, procedure, roles, now)));
      }
    }
    return found.sort((one, other) => one.since.getTime() - other.since.getTime()).slice(0, limit);
  }

  async #stuckAt(
    tx: EntityManager,
    place: OpenPlace,
    procedure: Procedure,
    roles: ReadonlySet<StaffRole>,
    now: Date,
  ): Promise<readonly StuckRow[]> {
    if (stagesWithFreeWayOut(procedure, roles).has(place.stage)) {
      return [];
    }
    const waysOut = this.#waysOutOf(procedure);
    const found: StuckRow[] = [];
    let after: string | undefined;
    do {
      const tracks = await listOpenTracksAt(tx, place, PAGE, after);
      const standings = await standingsOf(tx, place.stage, tracks);
      found.push(...standings.filter(({ standing }) => !waysOut.has(standing, roles, now)).map(({ track }) => track));
      after = tracks.length < PAGE ? undefined : tracks.at(-1)?.trackId;
    } while (after !== undefined && found.length < STUCK_CASES_OF_A_KIND);
    return found;
  }

  #waysOutOf(procedure: Procedure): WaysOut {
    const known = this.#waysOut.get(procedure) ?? new WaysOut(procedure);
    this.#waysOut.set(procedure, known);
    return known;
  }
}

type TrackAtPlace = Awaited<ReturnType<typeof listOpenTracksAt>>[number];

interface StandingTrack {
  readonly track: TrackAtPlace;
  readonly standing: OpenStanding;
}

/** How each of these tracks stands. Who took part before does not matter: a way out must not depend on that. */
async function standingsOf(tx: EntityManager, stage: string, tracks: readonly TrackAtPlace[]): Promise<readonly StandingTrack[]> {
  const ids = tracks.map(({ trackId }) => trackId);
  const events = groupedByTrack(await listFactEvents(tx, ids));
  const deadlines = groupedByTrack(await listDeadlinesThatCount(tx, ids));
  return tracks.map((track) => {
    const { trackId, companyNamed } = track;
    const own = deadlines.get(trackId) ?? [];
    const facts = recordedFacts(events.get(trackId) ?? []);
    return { track, standing: { stage, facts, companyNamed, clocks: own.filter(isOpen).map(openClock), given: timesGivenTo(own) } };
  });
}

function groupedByTrack<R extends { readonly trackId: string }>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const byTrack = new Map<string, R[]>();
  for (const row of rows) {
    const known = byTrack.get(row.trackId);
    if (known) {
      known.push(row);
    } else {
      byTrack.set(row.trackId, [row]);
    }
  }
  return byTrack;
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'running' || state === 'paused';
}

const NO_ROLES: ReadonlySet<StaffRole> = new Set();

function rolesHeld(holders: Readonly<Partial<Record<StaffRole, readonly string[]>>>): ReadonlySet<StaffRole> {
  const held = (Object.keys(holders) as StaffRole[]).filter((role) => role !== 'administrator' && (holders[role] ?? []).length > 0);
  return new Set(held);
}
