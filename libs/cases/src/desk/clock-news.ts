import { clockName, findClock, type Calendars, type Clock, type Duration, type Procedure } from '@recourse/domain';
import type { CaseEventRow, Deadline, StaffName } from '@recourse/persistence';
import { dueDay } from '../procedures/due-day';
import type { ClockMoment, ClockNews, FiringKind } from './case-view';

/** What events about clocks are read with. */
export interface ClockReading {
  readonly calendars: Calendars;
  /** All clocks of the case. */
  readonly deadlines: readonly Deadline[];
  /** Everybody who is named in the events, by id. */
  readonly staff: ReadonlyMap<string, StaffName>;
  /** The procedure under which an event came about; undefined where the track has moved to another version since. */
  readonly procedureOf: (event: CaseEventRow) => Procedure | undefined;
  /** The procedure under which the track of an event runs now. */
  readonly procedureNow: (event: CaseEventRow) => Procedure | undefined;
}

/** What happened to a clock, as people read it: days as its calendar counts them, people by name. Undefined for an event about something else. */
export function clockNews(
  event: CaseEventRow,
  { calendars, deadlines, staff, procedureOf, procedureNow }: ClockReading,
): ClockNews | undefined {
  const { payload } = event;
  const deadline = deadlines.find(({ id }) => id === payload['deadlineId']);
  if (deadline === undefined) return undefined;
  const procedure = procedureOf(event);
  const code = String(payload['clock']);
  const clock = procedure && findClock(procedure, code);
  const moment = (name: string): ClockMoment | undefined => momentOf(calendars, deadline.calendar, payload[name]);
  const people = (name: string) => toldIn(event, name).flatMap((id) => staff.get(id) ?? []);
  const { remainingMs, levels } = payload;
  return compact({
    name: clockName(procedure ?? procedureNow(event), code),
    from: moment('from'),
    dueAt: moment('dueAt'),
    until: moment('until'),
    remaining: clock && typeof remainingMs === 'number' ? whatRemains(clock, remainingMs) : undefined,
    missed: clock && Array.isArray(levels) ? levels.map((level) => firingKind(clock, Number(level))) : undefined,
    told: 'told' in payload ? people('told') : undefined,
    onBoard: 'onBoard' in payload ? people('onBoard') : undefined,
  });
}

/** Ids of the staff whom an event says were told. */
export function toldIn({ payload }: CaseEventRow, name: string): readonly string[] {
  const ids = payload[name];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/**
 * What is left of a paused clock, in the unit that people count it in: days for a clock in days, weeks or months, otherwise hours, and minutes for less than two.
 * @param ms as the clock keeps it (`remainingAt` of the domain)
 */
export function whatRemains({ within: { unit } }: Clock, ms: number): Duration {
  const inWorkingTime = unit === 'working_minutes' || unit === 'working_hours';
  if (inWorkingTime || unit === 'minutes' || unit === 'hours') {
    const inHours = ms >= 2 * HOUR_MS;
    const amount = Math.floor(ms / (inHours ? HOUR_MS : MINUTE_MS));
    if (inHours) return { amount, unit: inWorkingTime ? 'working_hours' : 'hours' };
    return { amount, unit: inWorkingTime ? 'working_minutes' : 'minutes' };
  }
  return { amount: Math.ceil(ms / DAY_MS), unit: unit === 'working_days' ? 'working_days' : 'calendar_days' };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function firingKind({ warnBefore }: Clock, level: number): FiringKind {
  if (level < warnBefore.length) return 'warning';
  return level === warnBefore.length ? 'due' : 'escalation';
}

function momentOf(calendars: Calendars, calendar: string, instant: unknown): ClockMoment | undefined {
  if (typeof instant !== 'string') return undefined;
  const at = new Date(instant);
  const { dueOn, withinTheDay } = dueDay(calendars, calendar, at);
  return { at, on: dueOn, withinTheDay };
}

function compact({ name, ...news }: Pick<ClockNews, 'name'> & { readonly [K in keyof ClockNews]: ClockNews[K] | undefined }): ClockNews {
  return { name, ...Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined)) };
}
