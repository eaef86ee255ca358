import { calendarsNamedIn, readPublishedProcedure } from '@recourse/domain';
import type { CalendarVersion, ProcedureVersion } from '@recourse/persistence';
import { isCalendarAsPublished, isProcedureAsPublished, otherCalendarIn, otherProcedureIn } from '../procedures/content-hash';

/**
 * A published procedure or calendar that is not what was published. `content`: its row is not what its hash says; `place`: its row is stored under another name than it
 * has itself; `missing`: there is no row, although a later version, a clock or a procedure needs one.
 */
export interface ChangedRules {
  readonly kind: 'procedure' | 'calendar';
  readonly code: string;
  readonly version: number;
  readonly fault: 'content' | 'place' | 'missing';
  /** Of a `place`: what the row says itself. A calendar does not say its version. */
  readonly says?: { readonly code: string; readonly version?: number };
}

type CalendarName = Pick<CalendarVersion, 'calendar' | 'version'>;

/**
 * Everything that is wrong with what is published. Versions of a procedure are numbered by whoever writes it, so a gap between them says nothing.
 * @param counted by which versions clocks were computed
 */
export function changedRules(
  procedures: readonly ProcedureVersion[],
  calendars: readonly CalendarVersion[],
  counted: readonly CalendarName[],
): readonly ChangedRules[] {
  return [
    ...procedures.flatMap(changedProcedure),
    ...calendars.flatMap(changedCalendar),
    ...missingCalendars(calendars, [...counted, ...calendarsNeeded(procedures)]),
  ];
}

function changedProcedure(row: ProcedureVersion): readonly ChangedRules[] {
  if (isProcedureAsPublished(row)) {
    return [];
  }
  const place = { kind: 'procedure', code: row.procedure, version: row.version } as const;
  const other = otherProcedureIn(row);
  return [other ? { ...place, fault: 'place', says: { code: other.procedure, version: other.version } } : { ...place, fault: 'content' }];
}

function changedCalendar(row: CalendarVersion): readonly ChangedRules[] {
  if (isCalendarAsPublished(row)) {
    return [];
  }
  const place = { kind: 'calendar', code: row.calendar, version: row.version } as const;
  const other = otherCalendarIn(row);
  return [other ? { ...place, fault: 'place', says: { code: other } } : { ...place, fault: 'content' }];
}

/** Whatever version it is, one must be there. */
function calendarsNeeded(procedures: readonly ProcedureVersion[]): readonly CalendarName[] {
  return procedures.filter(isProcedureAsPublished).flatMap(({ procedure, document }) => {
    const read = readPublishedProcedure(document, `${procedure}.yaml`);
    return read.ok ? [...calendarsNamedIn(read.procedure)].map((calendar) => ({ calendar, version: 1 })) : [];
  });
}

/** Versions are numbered from 1 without a gap; where several in a row are missing, the first is named. */
function missingCalendars(calendars: readonly CalendarName[], needed: readonly CalendarName[]): readonly ChangedRules[] {
  const there = new Set(calendars.map(nameOf));
  const gaps = calendars.flatMap(({ calendar, version }) => {
    const before = calendars.filter((one) => one.calendar === calendar && one.version < version);
    const first = Math.max(0, ...before.map((one) => one.version)) + 1;
    return first === version ? [] : [{ calendar, version: first }];
  });
  const missing = new Map([...gaps, ...needed].filter((one) => !there.has(nameOf(one))).map((one) => [nameOf(one), one]));
  return [...missing.values()].map(({ calendar, version }) => ({ kind: 'calendar', code: calendar, version, fault: 'missing' }));
}

function nameOf({ calendar, version }: CalendarName): string {
  return `${calendar} ${version}`;
}
