import { Injectable } from '@nestjs/common';
import { formatProblem, readPublishedProcedure, type Calendar, type Calendars, type Procedure } from '@recourse/domain';
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

/**
 * The rules by which cases are handled: the institution's calendars and its procedures, as they are published. A published version never changes, so each is read
 * once; which version of a calendar is the latest is asked once in each transaction, and once a second outside of any.
 */
@Injectable()
export class RuleBook {
  readonly #procedures = new Map<string, Procedure>();
  readonly #versions = new Map<string, Calendar>();
  readonly #asked = new WeakMap<EntityManager, Promise<Calendars>>();
  #outside: { readonly calendars: Promise<Calendars>; readonly until: number } | undefined;
  #latest: Calendars = new Map();

  /** The latest calendars by code, as {@link calendarsIn} or {@link procedure} last read them: call one of the two before, in the same transaction. */
  get calendars(): Calendars {
    return this.#latest;
  }

  /**
   * The latest version of every calendar, by code.
   * @throws NoCalendarPublished, ChangedCalendar
   */
  async calendarsIn(tx: EntityManager): Promise<Calendars> {
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
   * @throws UnreadableProcedure, and Error when there is no such version: both are bugs, publishing proved it
   */
  async procedure(tx: EntityManager, versionId: string): Promise<Procedure> {
    await this.calendarsIn(tx);
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

  #calendarsOutside(manager: EntityManager): Promise<Calendars> {
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

  async #readCalendars(tx: EntityManager): Promise<Calendars> {
    const heads = await listCalendarHeads(tx);
    if (heads.length === 0) {
      throw new NoCalendarPublished();
    }
    const calendars = new Map<string, Calendar>();
    for (const head of heads) {
      calendars.set(head.calendar, await this.#readVersion(tx, head));
    }
    this.#latest = calendars;
    return calendars;
  }

  async #readVersion(tx: EntityManager, { id, version }: CalendarHead): Promise<Calendar> {
    const known = this.#versions.get(id);
    if (known !== undefined) {
      return known;
    }
    const found = await findCalendarVersion(tx, id);
    if (found === undefined) {
      throw new Error('a published version of a calendar is gone');
    }
    if (!isCalendarAsPublished(found)) {
      throw new ChangedCalendar(found.calendar, version);
    }
    const calendar = { ...found.resolved.calendar, version };
    this.#versions.set(id, calendar);
    return calendar;
  }
}
