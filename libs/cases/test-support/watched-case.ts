import { findAction, recordedFacts, type Procedure } from '@recourse/domain';
import type { Given } from '@recourse/testing';
import { StaffingReader } from '../src/clocks/staffing';
import { tracksIn, unheardClocks, wrongWithTrack, type StoredTrack } from './case-invariants';
import { readErrands, readEvents, readRows, type CaseRows, type ChainedEvent, type Errand, type Plans } from './case-rows';
import { errandLine, toldErrands } from './told-errands';
import { ToldRows } from './told-rows';

/** Procedures by code, as they are published. */
export type Procedures = ReadonlyMap<string, Procedure>;

/**
 * A case that is looked at after each transaction: its rows must be as the events that came tell, the worker must have been asked for what follows from them, and
 * everything that must hold for an open case must hold.
 */
export class WatchedCase {
  readonly #trail: string[] = [];
  readonly #events: ChainedEvent[] = [];
  readonly #facts = new Map<string, ReadonlySet<string>>();
  #rows!: CaseRows;
  #plans!: Plans;
  #lastErrand = '00000000-0000-0000-0000-000000000000';
  /** What was asked of the worker and is not done. */
  undone: readonly Errand[] = [];

  private constructor(
    private readonly given: Given,
    private readonly procedures: Procedures,
    private readonly caseId: string,
  ) {}

  /** @param lastErrand what was asked of the worker last, before the case was filed */
  static async begin(given: Given, procedures: Procedures, caseId: string, lastErrand: string | undefined): Promise<WatchedCase> {
    const watched = new WatchedCase(given, procedures, caseId);
    watched.#lastErrand = lastErrand ?? watched.#lastErrand;
    await watched.#load();
    watched.#events.push(...(await readEvents(given.owner, caseId, 0)));
    watched.undone = await watched.#newErrands();
    return watched;
  }

  get rows(): CaseRows {
    return this.#rows;
  }

  get plans(): Plans {
    return this.#plans;
  }

  /** Every event so far. */
  get events(): readonly ChainedEvent[] {
    return this.#events;
  }

  get tracks(): readonly StoredTrack[] {
    return tracksIn(this.#rows, (code) => this.#procedure(code));
  }

  #procedure(code: string): Procedure {
    const procedure = this.procedures.get(code);
    if (!procedure) throw new Error(`${code} is not published`);
    return procedure;
  }

  async #load(): Promise<void> {
    const { rows, plans } = await readRows(this.given.owner, this.caseId);
    [this.#rows, this.#plans] = [rows, plans];
  }

  async #newErrands(): Promise<readonly Errand[]> {
    const errands = await readErrands(this.given.owner, this.#lastErrand);
    this.#lastErrand = errands.at(-1)?.id ?? this.#lastErrand;
    return errands;
  }

  /**
   * Runs one transaction, and looks at what came of it.
   * @param run says what is wrong already
   * @throws Error with everything that was done when anything is wrong
   */
  async checked(what: string, run: () => Promise<readonly string[]>): Promise<void> {
    this.#trail.push(what);
    const before = this.#rows;
    const problems = [...(await run())];
    await this.#load();
    const events = await readEvents(this.given.owner, this.caseId, this.#events.length);
    const errands = await this.#newErrands();
    const end = this.#events.at(-1);
    problems.push(...brokenLinks(end, events));
    this.#events.push(...events);
    this.undone = [...this.undone, ...errands];
    problems.push(...this.#untold(before, events), ...this.#unasked(events, errands, what), ...(await this.#wrong()));
    if (problems.length > 0)
      throw new Error(
        `${this.#trail.join('\n')}\n=> ${problems.join('\n=> ')}\nevents: ${JSON.stringify(events.map(({ type, payload }) => ({ type, payload })))}`,
      );
  }

  #untold(before: CaseRows, events: readonly ChainedEvent[]): readonly string[] {
    const told = new ToldRows(before, (code) => this.#procedure(code));
    for (const event of events) told.read(event);
    return [...told.idle.map((type) => `${type} tells of nothing`), ...told.differences(this.#rows), ...this.#otherFacts(events)];
  }

  /** Facts are nowhere but in the record: it must tell those that the procedure says an action establishes and revokes. */
  #otherFacts(events: readonly ChainedEvent[]): readonly string[] {
    return this.tracks.flatMap(({ id, procedure }) => {
      const facts = new Set(this.#facts.get(id));
      for (const { type, payload, trackId } of events) {
        const action = type === 'action_performed' && trackId === id ? findAction(procedure, String(payload['action'])) : undefined;
        action?.establishes.forEach((fact) => facts.add(fact));
        action?.revokes.forEach((fact) => facts.delete(fact));
      }
      this.#facts.set(id, facts);
      const recorded = recordedFacts(this.#events.filter(({ trackId }) => trackId === id));
      const [meant, told] = [facts, recorded].map((set) => [...set].sort().join(', '));
      return meant === told ? [] : [`facts are ${String(meant)}, and the record tells ${String(told)}`];
    });
  }

  #unasked(events: readonly ChainedEvent[], errands: readonly Errand[], what: string): readonly string[] {
    const tracks = new Map(
      this.tracks.map(({ id, procedure, row }) => [id, { procedure, parentId: (row['parent_track_id'] ?? null) as string | null }]),
    );
    const meant = events.flatMap((event, place) => toldErrands(event, tracks.get(event.trackId ?? ''), events[place + 1])).sort();
    // Whom the worker tells of what it was asked, it finds out itself: that they were not told before is not known here.
    const isTelling = what.startsWith('the worker takes');
    const asked = errands
      .filter(({ notice }) => !isTelling || notice?.state !== 'waiting')
      .map(errandLine)
      .sort();
    return meant.join('\n') === asked.join('\n') ? [] : [`asked of the worker: ${asked.join(', ')}; should be: ${meant.join(', ')}`];
  }

  async #wrong(): Promise<readonly string[]> {
    const { calendars } = this.given.institution.rules;
    const staffing = new StaffingReader(this.given.owner.manager);
    const problems: string[] = [];
    for (const track of this.tracks) {
      problems.push(...wrongWithTrack(track, this.#plans, calendars));
      const stored = {
        teamId: this.given.institution.officer.teams[0]?.id ?? '',
        assigneeId: (track.row['assignee_id'] ?? null) as string | null,
      };
      problems.push(...unheardClocks(track, await staffing.of(stored, stored.teamId)));
    }
    return problems;
  }
}

function brokenLinks(end: ChainedEvent | undefined, events: readonly ChainedEvent[]): readonly string[] {
  return events.flatMap(({ seq, prevHash }, place) => {
    const before = place === 0 ? end : events[place - 1];
    return before && seq === before.seq + 1 && prevHash.equals(before.hash) ? [] : [`event ${seq} does not follow the one before`];
  });
}
