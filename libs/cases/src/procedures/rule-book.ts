import { Injectable } from '@nestjs/common';
import { calendarsNamedIn, formatProblem, readPublishedProcedure, type Calendar, type Calendars, type Procedure } from '@recourse/domain';
import {
  findCalendarVersion,
  findCalendarVersionByNumber,
  findProcedureVersion,
  listCalendarHeads,
  type CalendarHead,
  type ProcedureVersion,
} from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { isCalendarAsPublished, isProcedureAsPublished } from './content-hash';

/** Thrown when no calendar is published: nobody could compute a clock. */
export class NoCalendarPublished extends Error {
  constructor() {
    super('no calendar is published (run "npm run recourse -- migrate", which publishes those that ship with this release)');
    this.name = 'NoCalendarPublished';
  }
}

/**
 * Thrown when there is nothing in a published document to go by, or when it is not what was published: somebody wrote into the table past the use cases, or a release forgot
 * how to read it.
 */
export class UnreadableProcedure extends Error {
  constructor(why: string) {
    super(`a published procedure cannot be gone by: ${why}`);
    this.name = 'UnreadableProcedure';
  }
}

/** Thrown when a published calendar is not what was published: dates would be computed that nobody decided on. */
export class ChangedCalendar extends Error {
  constructor(calendar: string, version: number) {
    super(notAsPublished(calendar, version));
    this.name = 'ChangedCalendar';
  }
}

/** What is published is missing, is not what was published, or cannot be read: nothing can be decided by it. The messages are written for the operator. */
export function isAboutRules(error: unknown): error is Error {
  return [NoCalendarPublished, ChangedCalendar, UnreadableProcedure].some((kind) => error instanceof kind);
}

/**
 * For a version that was read past the {@link RuleBook}.
 * @throws UnreadableProcedure when it is not what was published
 */
export function refuseChanged(version: Pick<ProcedureVersion, 'procedure' | 'version' | 'document' | 'contentHash'>): void {
  if (!isProcedureAsPublished(version)) {
    throw new UnreadableProcedure(notAsPublished(version.procedure, version.version));
  }
}

/** Its hash tells. Whoever owns the server can do it; whoever answers for the institution has to know. */
function notAsPublished(code: string, version: number): string {
  return `${code}, version ${version}, is not what was published (run "npm run recourse -- verify-record", and restore its row from a backup)`;
}

const FRESH_FOR_MS = 1_000;

/** The latest version of every calendar, by code; what is not as it was published is apart. */
interface PublishedCalendars {
  readonly sound: Calendars;
  readonly damaged: ReadonlyMap<string, ChangedCalendar>;
}

/**
 * The rules by which cases are handled: the institution's calendars and its procedures, as they are published. A published version never changes, so each is read
 * once; which version of a calendar is the latest is asked once in each transaction, and once a second outside of any.
 *
 * A damaged calendar stops what is counted by it, and nothing else: it is not among the {@link calendars}, and {@link procedure} gives no procedure that names it.
 */
@Injectable()
export class RuleBook {
  readonly #procedures = new Map<string, Procedure>();
  readonly #versions = new Map<string, Calendar>();
  /** By id of the version; looked at again after a second, for it may have been restored. */
  readonly #damaged = new Map<string, { readonly problem: ChangedCalendar; readonly until: number }>();
  readonly #asked = new WeakMap<EntityManager, Promise<PublishedCalendars>>();
  #outside: { readonly calendars: Promise<PublishedCalendars>; readonly until: number } | undefined;
  #latest: Calendars = new Map();

  /** The latest calendars by code, as {@link calendarsIn} or {@link procedure} last read them: call one of the two before, in the same transaction. */
  get calendars(): Calendars {
    return this.#latest;
  }

  /**
   * The latest version of every calendar that is what was published, by code.
   * @throws NoCalendarPublished
   */
  async calendarsIn(tx: EntityManager): Promise<Calendars> {
    return (await this.#publishedIn(tx)).sound;
  }

  /**
   * Codes of all published calendars, the damaged ones included: a procedure that names one of those names no calendar that nobody knows. Follow it with {@link refuseDamaged}.
   * @throws NoCalendarPublished
   */
  async calendarCodes(tx: EntityManager): Promise<readonly string[]> {
    const { sound, damaged } = await this.#publishedIn(tx);
    return [...sound.keys(), ...damaged.keys()];
  }

  /**
   * For calendars that are named by something that was read past {@link procedure}.
   * @throws NoCalendarPublished, and ChangedCalendar when one of them is not what was published
   */
  async refuseDamaged(tx: EntityManager, codes: Iterable<string>): Promise<void> {
    refuse(await this.#publishedIn(tx), codes);
  }

  async #publishedIn(tx: EntityManager): Promise<PublishedCalendars> {
    // Outside a transaction the manager is everybody's: pages read with it, row by row.
    if (tx.queryRunner === undefined) {
      return this.#calendarsOutside(tx);
    }
    const asked = this.#asked.get(tx) ?? this.#readCalendars(tx);
    this.#asked.set(tx, asked);
    return asked;
  }

  /**
   * An earlier version of a calendar, and when it was published.
   * @throws ChangedCalendar
   * @returns undefined when there is no such version
   */
  async calendarVersion(tx: EntityManager, code: string, version: number): Promise<{ calendar: Calendar; publishedAt: Date } | undefined> {
    const found = await findCalendarVersionByNumber(tx, code, version);
    if (found !== undefined && !isCalendarAsPublished(found)) {
      throw new ChangedCalendar(code, version);
    }
    return found && { calendar: { ...found.resolved.calendar, version }, publishedAt: found.publishedAt };
  }

  /**
   * The procedure a track is pinned to. Reads the calendars too.
   * @throws ChangedCalendar when a calendar that it names is not what was published; UnreadableProcedure, and Error when there is no such version: both are bugs,
   *   publishing proved it
   */
  async procedure(tx: EntityManager, versionId: string): Promise<Procedure> {
    const published = await this.#publishedIn(tx);
    const procedure = await this.#readProcedure(tx, versionId);
    if (published.damaged.size > 0) {
      refuse(published, calendarsNamedIn(procedure));
    }
    return procedure;
  }

  /**
   * For lists over several tracks: the procedures that can be gone by, by id of the version. One that cannot is not there, and takes no row of another away.
   * Reads the calendars too.
   */
  async readable(tx: EntityManager, versionIds: Iterable<string>): Promise<ReadonlyMap<string, Procedure>> {
    const found = new Map<string, Procedure>();
    for (const id of new Set(versionIds)) {
      try {
        found.set(id, await this.procedure(tx, id));
      } catch (error) {
        if (!isAboutRules(error)) {
          throw error;
        }
      }
    }
    return found;
  }

  async #readProcedure(tx: EntityManager, versionId: string): Promise<Procedure> {
    const known = this.#procedures.get(versionId);
    if (known !== undefined) {
      return known;
    }
    const version = await findProcedureVersion(tx, versionId);
    if (version === undefined) {
      throw new Error('a track is pinned to a procedure that was never published');
    }
    refuseChanged(version);
    // It was proved when it was published. To prove it again here would shut the public door, and stop every clock, on the day a release proves more.
    const parsed = readPublishedProcedure(version.document, `${version.procedure}.yaml`);
    if (!parsed.ok) {
      throw new UnreadableProcedure(`it cannot be read:\n${parsed.problems.map(formatProblem).join('\n')}`);
    }
    this.#procedures.set(versionId, parsed.procedure);
    return parsed.procedure;
  }

  #calendarsOutside(manager: EntityManager): Promise<PublishedCalendars> {
    const now = performance.now();
    if (this.#outside === undefined || this.#outside.until < now) {
      const calendars = this.#readCalendars(manager);
      this.#outside = { calendars, until: now + FRESH_FOR_MS };
      // A failure is not kept: the next one asks again.
      calendars.catch(() => {
        this.#outside = undefined;
      });
    }
    return this.#outside.calendars;
  }

  async #readCalendars(tx: EntityManager): Promise<PublishedCalendars> {
    const heads = await listCalendarHeads(tx);
    if (heads.length === 0) {
      throw new NoCalendarPublished();
    }
    const sound = new Map<string, Calendar>();
    const damaged = new Map<string, ChangedCalendar>();
    for (const head of heads) {
      const read = await this.#readVersion(tx, head);
      if (read instanceof ChangedCalendar) damaged.set(head.calendar, read);
      else sound.set(head.calendar, read);
    }
    this.#latest = sound;
    return { sound, damaged };
  }

  async #readVersion(tx: EntityManager, { id, version }: CalendarHead): Promise<Calendar | ChangedCalendar> {
    const known = this.#versions.get(id);
    if (known !== undefined) {
      return known;
    }
    const damaged = this.#damaged.get(id);
    if (damaged !== undefined && damaged.until > performance.now()) {
      return damaged.problem;
    }
    const found = await findCalendarVersion(tx, id);
    if (found === undefined) {
      throw new Error('a published version of a calendar is gone');
    }
    if (!isCalendarAsPublished(found)) {
      const problem = new ChangedCalendar(found.calendar, version);
      this.#damaged.set(id, { problem, until: performance.now() + FRESH_FOR_MS });
      return problem;
    }
    this.#damaged.delete(id);
    const calendar = { ...found.resolved.calendar, version };
    this.#versions.set(id, calendar);
    return calendar;
  }
}

function refuse({ damaged }: PublishedCalendars, codes: Iterable<string>): void {
  for (const code of codes) {
    const problem = damaged.get(code);
    if (problem !== undefined) {
      throw problem;
    }
  }
}
