import type { Calendar, Calendars } from '@recourse/domain';
import { findCalendarVersion, listCalendarNames, listCalendarsWithin, type CalendarName } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { isCalendarAsPublished } from './content-hash';
import { ChangedCalendar, NoCalendarPublished } from './unfit-rules';

/** How long what may have been put right, or may have been damaged, is not asked about again. Milliseconds. */
export const FRESH_FOR_MS = 1_000;

/** The latest version of every calendar, by code; what is not as it was published is apart, and in none but one of the two. */
export interface PublishedCalendars {
  readonly sound: Calendars;
  readonly damaged: ReadonlyMap<string, ChangedCalendar>;
}

/**
 * Reads the published calendars, each version once. A calendar is damaged when its latest version is not what was published, when a number before it is missing, and
 * when a row that says it is of this calendar is stored under another: it may be the latest, and an older one would be gone by in silence.
 */
export class CalendarShelf {
  /** By id of the version; good for the name under which it was read. */
  readonly #versions = new Map<string, Calendar>();
  /** By id of the version; looked at again after a second, for it may have been restored. */
  readonly #damaged = new Map<string, { readonly problem: ChangedCalendar; readonly until: number }>();
  /** By id of the version: the calendar under which it is stored, where it says the same itself. */
  readonly #atHome = new Map<string, string>();

  /** @throws NoCalendarPublished */
  async read(tx: EntityManager): Promise<PublishedCalendars> {
    const names = await listCalendarNames(tx);
    if (names.length === 0) {
      throw new NoCalendarPublished();
    }
    const sound = new Map<string, Calendar>();
    const damaged = new Map<string, ChangedCalendar>();
    for (const head of names.filter(({ calendar }, index) => names[index + 1]?.calendar !== calendar)) {
      const read = missingBefore(head, names) ?? (await this.#readVersion(tx, head));
      if (read instanceof ChangedCalendar) damaged.set(head.calendar, read);
      else sound.set(head.calendar, read);
    }
    for (const code of await this.#astray(tx, names)) {
      sound.delete(code);
      damaged.set(code, damaged.get(code) ?? new ChangedCalendar(code, undefined, 'is stored under another name'));
    }
    return { sound, damaged };
  }

  /** Calendars of which a row says that it is theirs, and which is stored under another. */
  async #astray(tx: EntityManager, names: readonly CalendarName[]): Promise<ReadonlySet<string>> {
    const unseen = names.filter(({ id, calendar }) => this.#atHome.get(id) !== calendar);
    const codes = new Set<string>();
    for (const { id, resolved, document } of unseen.length === 0 ? [] : await listCalendarsWithin(tx, idsOf(unseen))) {
      const { calendar } = unseen.find((name) => name.id === id) ?? {};
      const others = [resolved, document].filter((code) => code !== null && code !== calendar);
      others.forEach((code) => code !== null && codes.add(code));
      if (others.length === 0 && calendar !== undefined) this.#atHome.set(id, calendar);
    }
    return codes;
  }

  async #readVersion(tx: EntityManager, { id, calendar: code, version }: CalendarName): Promise<Calendar | ChangedCalendar> {
    const known = this.#versions.get(id);
    if (known?.code === code && known.version === version) {
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
      const problem = new ChangedCalendar(code, version);
      this.#damaged.set(id, { problem, until: performance.now() + FRESH_FOR_MS });
      return problem;
    }
    this.#damaged.delete(id);
    const calendar = { ...found.resolved.calendar, version };
    this.#versions.set(id, calendar);
    return calendar;
  }
}

/** Versions are numbered without a gap from 1: somebody took one away, or put one where it does not belong. */
function missingBefore({ calendar, version }: CalendarName, names: readonly CalendarName[]): ChangedCalendar | undefined {
  const numbers = new Set(names.filter((one) => one.calendar === calendar).map((one) => one.version));
  if (numbers.size === version) {
    return undefined;
  }
  let missing = 1;
  while (numbers.has(missing)) missing += 1;
  return new ChangedCalendar(calendar, missing, 'is missing');
}

function idsOf(names: readonly CalendarName[]): readonly string[] {
  return names.map(({ id }) => id);
}
