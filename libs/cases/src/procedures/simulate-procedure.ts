import { Injectable } from '@nestjs/common';
import {
  calendarsNamedIn,
  compareReplays,
  isExplainedBy,
  NO_HOLIDAY_SOURCE,
  parseCalendar,
  parseProcedure,
  readHistory,
  recordedTrack,
  replayTrack,
  SimulationTally,
  versionKey,
  type Calendar,
  type Calendars,
  type HolidaySource,
  type Problem,
  type Procedure,
  type RecordedCase,
  type SimulatedTrack,
  type SimulationCounts,
  type StaffRole,
  type TrackReplay,
} from '@recourse/domain';
import {
  inTransaction,
  listHistory,
  listProceduresWithTracks,
  listProcedureVersions,
  listStaffRoles,
  listTracksForReplay,
  listTrackVersions,
  makeReadOnly,
  type TrackForReplay,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { RuleBook } from './rule-book';
import { type RulesDocument } from './surroundings';

/** Tracks replayed in one transaction. */
const PAGE = 100;

/** What {@link SimulateProcedure} needs: other rules, another calendar, or both. */
export interface SimulateProcedureInput {
  /** Tracks of the procedure with the same code are replayed under it. Unless given, every track is replayed under its own version. */
  readonly procedure?: RulesDocument;
  /** Code of the procedure whose tracks are replayed under `procedure`, when it is another: a new institution has no cases of its own yet. */
  readonly as?: string;
  /** Takes the place of the published calendar with the same code. */
  readonly calendar?: RulesDocument;
  /** Data about public holidays; needed with `calendar`. */
  readonly holidays?: HolidaySource;
  readonly now: Date;
}

/** One track of which there is something to tell. */
export type ToldTrack = { readonly reference: string } & (
  | { readonly kind: 'simulated'; readonly track: SimulatedTrack }
  /** Its own rules, as they read today, do not lead to what its record says: it is not compared. `isMoved`: its record follows from more than one version. */
  | { readonly kind: 'unexplained'; readonly isMoved: boolean; readonly replay: TrackReplay | undefined }
);

/** Everything counted. */
export interface SimulationReport extends SimulationCounts {
  readonly procedure?: Procedure;
  readonly calendar?: Calendar;
  /** Tracks that their own rules do not explain. */
  readonly unexplained: number;
  /** Replayed tracks whose record tells of other warnings than their own rules give today: nothing ran for a while, or a calendar was changed. */
  readonly toldOtherwise: number;
}

/**
 * - `invalid`: every mistake in the documents.
 * - `no_track`: no track ever ran under this procedure; `procedures` are those under which some did.
 */
export type SimulateProcedureResult =
  | { readonly ok: true; readonly report: SimulationReport }
  | { readonly ok: false; readonly code: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly code: 'no_track'; readonly procedure: string; readonly procedures: readonly string[] };

interface OtherRules {
  /** Only tracks of this procedure are replayed; all unless given. */
  readonly ofProcedure?: string;
  readonly procedure?: Procedure;
  readonly calendar?: Calendar;
  readonly before: Calendars;
  readonly after: Calendars;
}

/**
 * Replays the recorded tracks under other rules or another calendar and tells what would have been different. Both sides go through the same replay, so
 * that every difference comes from the rules. Reads what is not sealed, a page at a time, in transactions that cannot write. Run as the owner.
 */
@Injectable()
export class SimulateProcedure {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ruleBook: RuleBook,
  ) {}

  /** @param tell is told of each track that differs or cannot be explained, as they come */
  async run(input: SimulateProcedureInput, tell: (track: ToldTrack) => void): Promise<SimulateProcedureResult> {
    const read = await inTransaction(this.dataSource, (tx) => this.#readRules(tx, input));
    if ('problems' in read) {
      return { ok: false, code: 'invalid', problems: read.problems };
    }
    if (read.ofProcedure !== undefined) {
      const procedures = await listProceduresWithTracks(this.dataSource.manager);
      if (!procedures.includes(read.ofProcedure)) {
        return { ok: false, code: 'no_track', procedure: read.ofProcedure, procedures };
      }
    }
    const simulation = new Simulation(read, input.now, tell);
    let after: string | undefined;
    let count: number;
    do {
      const page = await inTransaction(this.dataSource, (tx) => this.#page(tx, simulation, read, after));
      after = page.at(-1)?.id;
      count = page.length;
    } while (count === PAGE);
    return { ok: true, report: simulation.report() };
  }

  async #readRules(tx: EntityManager, input: SimulateProcedureInput): Promise<OtherRules | { readonly problems: readonly Problem[] }> {
    await makeReadOnly(tx);
    const before = await this.ruleBook.calendarsIn(tx);
    const calendar = input.calendar && parseCalendar(input.calendar.text, input.calendar.fileName, input.holidays ?? NO_HOLIDAY_SOURCE);
    if (calendar?.ok === false) {
      return calendar;
    }
    const after = calendar === undefined ? before : new Map([...before, [calendar.calendar.code, calendar.calendar]]);
    const procedures = (await listProcedureVersions(tx)).map(({ procedure }) => procedure);
    // Whether today's people could agree to today's requests says nothing about the cases that were.
    const calendars = [...(await this.ruleBook.calendarCodes(tx)), ...(calendar === undefined ? [] : [calendar.calendar.code])];
    const surroundings = { calendars, procedures, holders: [] };
    const procedure = input.procedure && parseProcedure(input.procedure.text, input.procedure.fileName, surroundings);
    if (procedure?.ok === false) {
      return procedure;
    }
    const named = procedure === undefined ? [] : calendarsNamedIn(procedure.procedure);
    await this.ruleBook.refuseDamaged(
      tx,
      [...named].filter((code) => !after.has(code)),
    );
    return {
      before,
      after,
      ...(procedure === undefined ? {} : { procedure: procedure.procedure, ofProcedure: input.as ?? procedure.procedure.procedure }),
      ...(calendar === undefined ? {} : { calendar: calendar.calendar }),
    };
  }

  async #page(
    tx: EntityManager,
    simulation: Simulation,
    { ofProcedure }: OtherRules,
    after: string | undefined,
  ): Promise<readonly TrackForReplay[]> {
    await makeReadOnly(tx);
    const which = ofProcedure === undefined ? {} : { procedure: ofProcedure };
    const tracks = await listTracksForReplay(tx, { ...which, ...(after === undefined ? {} : { after }), limit: PAGE });
    const cases = await this.#readCases(tx, [...new Set(tracks.map(({ caseId }) => caseId))]);
    for (const track of tracks) {
      const recorded = cases.get(track.caseId);
      if (recorded !== undefined) {
        simulation.take(track, recorded);
      }
    }
    return tracks;
  }

  async #readCases(tx: EntityManager, caseIds: readonly string[]): Promise<ReadonlyMap<string, RecordedCase>> {
    const roles = await listStaffRoles(tx);
    const cases = new Map(caseIds.map((id) => [id, new CaseInReading(roles)]));
    for (const { id, caseId, procedureVersionId } of await listTrackVersions(tx, caseIds)) {
      cases.get(caseId)?.procedures.set(id, await this.ruleBook.procedure(tx, procedureVersionId));
    }
    for (const event of await listHistory(tx, caseIds)) {
      cases.get(event.caseId)?.events.push(event);
    }
    const moved = [...cases.values()].filter(({ events }) => events.some(({ type }) => type === 'track_moved_to_version'));
    if (moved.length > 0) {
      const versions = await this.#readVersions(tx);
      moved.forEach((one) => (one.versions = versions));
    }
    return cases;
  }

  /** Every published version: a case may have been moved through any of them. */
  async #readVersions(tx: EntityManager): Promise<ReadonlyMap<string, Procedure>> {
    const versions = new Map<string, Procedure>();
    for (const version of await listProcedureVersions(tx)) {
      versions.set(versionKey(version.procedure, version.version), await this.ruleBook.procedureOf(tx, version));
    }
    return versions;
  }
}

class CaseInReading implements RecordedCase {
  versions: ReadonlyMap<string, Procedure> = new Map();
  readonly events: RecordedCase['events'][number][] = [];
  readonly procedures = new Map<string, Procedure>();

  constructor(readonly roles: ReadonlyMap<string, StaffRole>) {}
}

/** Replays and counts as tracks come in. */
class Simulation {
  readonly #tally = new SimulationTally();
  #unexplained = 0;
  #toldOtherwise = 0;

  constructor(
    private readonly rules: OtherRules,
    private readonly now: Date,
    private readonly tell: (track: ToldTrack) => void,
  ) {}

  take({ id, reference }: TrackForReplay, recorded: RecordedCase): void {
    const history = readHistory(recorded, id);
    const record = recordedTrack(recorded, id);
    const { now } = this;
    const own = history && { procedure: history.procedure, followsMoves: true };
    const before = own && { ...own, calendars: this.rules.before };
    const explained = history && before && replayTrack(history, before, { at: now });
    if (!history || !own || !before || !record || !explained || !isExplainedBy(record, explained)) {
      const isMoved = recorded.events.some(({ trackId, type }) => trackId === id && type === 'track_moved_to_version');
      this.#unexplained += 1;
      this.tell({ kind: 'unexplained', reference, isMoved, replay: explained });
      return;
    }
    if (compareReplays(record, explained).length > 0) this.#toldOtherwise += 1;
    const other = this.rules.procedure === undefined ? own : { procedure: this.rules.procedure };
    const after = replayTrack(history, { ...other, calendars: this.rules.after }, { at: now });
    // Where one cannot go on, nobody knows what the other would be compared with.
    const until = after.stop && { at: new Date(after.stop.at.getTime() - 1), items: after.stop.items };
    const compared = until === undefined ? explained : replayTrack(history, before, until);
    const track = { before: compared, after, differences: compareReplays(compared, after) };
    this.#tally.take(track);
    if (track.differences.length > 0 || after.stop !== undefined) {
      this.tell({ kind: 'simulated', reference, track });
    }
  }

  report(): SimulationReport {
    const { procedure, calendar } = this.rules;
    return {
      ...this.#tally.result(),
      ...(procedure === undefined ? {} : { procedure }),
      ...(calendar === undefined ? {} : { calendar }),
      unexplained: this.#unexplained,
      toldOtherwise: this.#toldOtherwise,
    };
  }
}
