import { Injectable } from '@nestjs/common';
import { calendarsNamedIn, formatProblem, readPublishedProcedure, type Calendar, type Calendars, type Procedure } from '@recourse/domain';
import {
  findCalendarVersionByNumber,
  findLatestProcedureVersion,
  findProcedureVersion,
  findStrayProcedureVersion,
  type ProcedureVersion,
} from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { CalendarShelf, FRESH_FOR_MS, type PublishedCalendars } from './calendar-shelf';
import { isCalendarAsPublished } from './content-hash';
import { ChangedCalendar, isAboutRules, notAsPublished, refuseChanged, UnreadableProcedure } from './unfit-rules';

type PublishedName = Pick<ProcedureVersion, 'id' | 'procedure' | 'version'>;

/**
 * The rules by which cases are handled: the institution's calendars and its procedures, as they are published. A published version never changes, so each is read
 * once; which version of a calendar is the latest is asked once in each transaction, and once a second outside of any.
 *
 * A damaged calendar stops what is counted by it, and nothing else: it is not among the {@link calendars}, and {@link procedure} gives no procedure that names it.
 */
@Injectable()
export class RuleBook {
  /** By id of the version, each with the calendars that it names. */
  readonly #procedures = new Map<string, { readonly procedure: Procedure; readonly calendars: ReadonlySet<string> }>();
  readonly #shelf = new CalendarShelf();
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
   * @throws NoCalendarPublished, and ChangedCalendar when one of them is not what was published, or is not there
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
   * @throws ChangedCalendar when a calendar that it names is not what was published, or is not there; UnreadableProcedure, and Error when there is no such version: both are bugs,
   *   publishing proved it
   */
  async procedure(tx: EntityManager, versionId: string): Promise<Procedure> {
    const published = await this.#publishedIn(tx);
    const { procedure, calendars } = await this.#readProcedure(tx, versionId);
    refuse(published, calendars);
    return procedure;
  }

  /**
   * The procedure of a version that was found by its name, as {@link procedure} gives it.
   * @throws UnreadableProcedure also when what was read under this id has another name
   */
  async procedureOf(tx: EntityManager, { id, procedure: code, version }: PublishedName): Promise<Procedure> {
    const procedure = await this.procedure(tx, id);
    if (procedure.procedure !== code || procedure.version !== version) {
      throw new UnreadableProcedure(notAsPublished(code, version));
    }
    return procedure;
  }

  /**
   * The highest version of a procedure, on which a new track begins.
   * @throws what {@link procedureOf} throws, and UnreadableProcedure when a version of it is stored under another name: it may be the highest
   * @returns undefined when it was never published
   */
  async latestProcedure(
    tx: EntityManager,
    code: string,
  ): Promise<{ readonly versionId: string; readonly procedure: Procedure } | undefined> {
    const stray = await findStrayProcedureVersion(tx, code);
    if (stray !== undefined) {
      throw new UnreadableProcedure(notAsPublished(stray.procedure, stray.version));
    }
    const latest = await findLatestProcedureVersion(tx, code);
    return latest && { versionId: latest.id, procedure: await this.procedureOf(tx, latest) };
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

  async #readProcedure(
    tx: EntityManager,
    versionId: string,
  ): Promise<{ readonly procedure: Procedure; readonly calendars: ReadonlySet<string> }> {
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
    const read = { procedure: parsed.procedure, calendars: calendarsNamedIn(parsed.procedure) };
    this.#procedures.set(versionId, read);
    return read;
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
    const published = await this.#shelf.read(tx);
    this.#latest = published.sound;
    return published;
  }
}

/** Only what is sound is gone by: a calendar that was damaged so that nothing tells which one it was is missed here. */
function refuse({ sound, damaged }: PublishedCalendars, codes: Iterable<string>): void {
  for (const code of codes) {
    if (!sound.has(code)) {
      throw damaged.get(code) ?? new ChangedCalendar(code, undefined, 'is missing');
    }
  }
}
