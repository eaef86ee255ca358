import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatProblem, parseCalendar, parseProcedure, type Calendar, type Calendars, type Procedure } from '@recourse/domain';
import { findProcedureVersion } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { loadPublicHolidays } from '../calendars/public-holidays';

/**
 * The rules by which cases are handled: the institution's calendars, and the published procedures, each read once (a published version never
 * changes). Provide one, made by {@link RuleBook.read}.
 */
export class RuleBook {
  readonly #procedures = new Map<string, Procedure>();

  /** @param calendars by code */
  constructor(readonly calendars: Calendars) {}

  /**
   * Reads the calendars of a folder (`*.yaml`).
   * @throws Error naming file and line of every mistake: a process without calendars cannot compute a clock
   */
  static async read(folder: string): Promise<RuleBook> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
    const calendars = new Map<string, Calendar>();
    const holidays = await loadPublicHolidays();
    for (const name of names) {
      const parsed = parseCalendar(await readFile(join(folder, name), 'utf8'), name, holidays);
      if (!parsed.ok) {
        throw new Error(`a calendar cannot be read:\n${parsed.problems.map(formatProblem).join('\n')}`);
      }
      calendars.set(parsed.calendar.code, parsed.calendar);
    }
    return new RuleBook(calendars);
  }

  /**
   * The procedure a track is pinned to.
   * @throws Error when there is no such version, or this release cannot read it: both are bugs, publishing proved it
   */
  async procedure(tx: EntityManager, versionId: string): Promise<Procedure> {
    const known = this.#procedures.get(versionId);
    if (known !== undefined) {
      return known;
    }
    const version = await findProcedureVersion(tx, versionId);
    if (version === undefined) {
      throw new Error('a track is pinned to a procedure that was never published');
    }
    const parsed = parseProcedure(version.document, `${version.procedure}.yaml`, { calendars: [...this.calendars.keys()] });
    if (!parsed.ok) {
      throw new Error(`a published procedure cannot be read:\n${parsed.problems.map(formatProblem).join('\n')}`);
    }
    this.#procedures.set(versionId, parsed.procedure);
    return parsed.procedure;
  }
}
