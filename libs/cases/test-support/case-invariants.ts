import { calendarOf, findClock, nextFiring, stageOf, whomToTell, type Calendars, type Procedure, type Staffing } from '@recourse/domain';
import type { CaseRows, Plans, Row } from './case-rows';

/** A track with its clocks, as they are stored. */
export interface StoredTrack {
  readonly id: string;
  readonly row: Row;
  readonly procedure: Procedure;
  readonly clocks: readonly { readonly id: string; readonly row: Row }[];
  /** Requests that wait for a second person. */
  readonly requests: readonly Row[];
}

/** The tracks of a case. */
export function tracksIn(rows: CaseRows, procedureOf: (code: string) => Procedure): readonly StoredTrack[] {
  return Object.entries(rows.track).map(([id, row]) => ({
    id,
    row,
    procedure: procedureOf(String(row['procedure'])),
    clocks: Object.entries(rows.deadline)
      .filter(([, clock]) => clock['track_id'] === id && (clock['state'] === 'running' || clock['state'] === 'paused'))
      .map(([clockId, clock]) => ({ id: clockId, row: clock })),
    requests: Object.values(rows.approval_request).filter((request) => request['track_id'] === id && request['state'] === 'waiting'),
  }));
}

/** What is wrong where a track stands: it must have one stage, and a clock or an end. */
export function wrongWithTrack(
  { id, row, procedure, clocks, requests }: StoredTrack,
  plans: Plans,
  calendars: Calendars,
): readonly string[] {
  const { isEnd, clocks: own } = stageOf(procedure, String(row['stage']));
  const isClosed = row['closed_at'] !== null;
  const lapsed = requests
    .filter(({ stage }) => stage !== row['stage'])
    .map(({ action }) => `${String(action)} waits for an answer in another stage`);
  if (isEnd || isClosed) {
    return [
      ...lapsed,
      ...(isEnd === isClosed && row['outcome'] !== null
        ? []
        : [`in ${String(row['stage'])}, closed ${String(row['closed_at'])}, outcome ${String(row['outcome'])}`]),
      ...clocks.map((clock) => `closed, and ${String(clock.row['kind'])} is not over`),
    ];
  }
  const kinds = clocks.map((clock) => clock.row['kind']);
  const running = clocks.filter((clock) => clock.row['state'] === 'running');
  const due = running.map((clock) => new Date(String(clock.row['due_at'])).getTime());
  return [
    ...lapsed,
    ...(clocks.some((clock) => clock.row['state'] === 'running' || clock.row['pause_until'] !== null)
      ? []
      : ['no clock runs, and none goes on by itself']),
    ...own.flatMap(({ code }) => (kinds.includes(code) ? [] : [`${code} is missing`])),
    ...(kinds.length === new Set(kinds).size ? [] : [`a clock is there twice: ${kinds.join(', ')}`]),
    ...((plans.nextDueAt[id]?.getTime() ?? Infinity) === Math.min(Infinity, ...due)
      ? []
      : ['the board shows another end than that of the first clock']),
    ...clocks.flatMap((clock) => wrongWithPlan(clock, procedure, plans.nextFireAt[clock.id] ?? null, calendars)),
  ];
}

/** A clock wants to be looked at when its rules say so; when it does not, all have been told. */
function wrongWithPlan(
  { row }: { readonly row: Row },
  procedure: Procedure,
  planned: Date | null,
  calendars: Calendars,
): readonly string[] {
  const rule = findClock(procedure, String(row['kind']));
  if (!rule) return [`${String(row['kind'])} has no rule`];
  const instant = (column: string): Date => new Date(String(row[column]));
  const until = row['pause_until'] === null ? undefined : instant('pause_until');
  const firing = nextFiring(rule, instant('started_at'), instant('due_at'), calendarOf(calendars, rule.calendar), Number(row['level']));
  const meant = row['state'] === 'paused' ? until : firing?.at;
  return meant?.getTime() === planned?.getTime()
    ? []
    : [`${rule.code} is looked at ${planned?.toISOString() ?? 'never'}, and should be ${meant?.toISOString() ?? 'never'}`];
}

/** Clocks of which nobody would hear: of their end, or of one of the rungs. */
export function unheardClocks({ procedure, clocks }: StoredTrack, staffing: Staffing): readonly string[] {
  return clocks.flatMap(({ row }) => {
    const rule = findClock(procedure, String(row['kind']));
    const rungs = rule ? [{ tell: rule.tell, otherwise: [] }, ...rule.ladder] : [];
    const isHeard = rungs.length > 1 && rungs.every(({ tell, otherwise }) => whomToTell(tell, staffing, otherwise).staffIds.length > 0);
    return isHeard ? [] : [`nobody hears of ${String(row['kind'])}`];
  });
}
