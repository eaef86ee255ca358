import { calendarOf, finishedClock, hasRunOut, pausedClock, resumedClock, startedClock, versionOf } from './clock-change';
import type { Calendars, ClockChange, OpenClock } from './clock-change';
import { timesGiven, type TimesGiven } from './clock-changes';
import { firingsAround, firingsOf, nextFiring } from './firings';
import { remainingAt, resumedDueAt } from './pause';
import { isMadeToWait } from './waiting-clocks';
import type { VersionMapping } from '../procedures/parse-mapping';
import { findClock, stageOf, type Clock, type Procedure } from '../procedures/procedure';

/** A track that moves to another version of its procedure. */
export interface MovingTrack {
  readonly before: Procedure;
  readonly after: Procedure;
  readonly mapping: VersionMapping;
  /** Where it stands, by the version it leaves. */
  readonly stage: string;
  /** Codes of every clock it ever had, ended ones too, by the version it leaves. */
  readonly hadClocks: ReadonlySet<string>;
  /** How often each of them was given more time, by the version it leaves. */
  readonly given: TimesGiven;
}

/**
 * What a move does to the clocks of a track. A promise is kept: a clock that goes on ends when it would have ended, whatever length the new version gives it; what its
 * ladder has told is not told again, and what it has not told yet follows the new ladder. What the new version does not know ends, and what it adds starts now.
 * Afterwards the track has a running clock.
 *
 * What starts now keeps count of how often it was given more time under the version that the track leaves.
 *
 * A clock across stages that the new version starts with the track, and that the track never had, starts now; in a stage in which it would wait, it waits.
 * @param open every clock of the track that is running or paused
 * @param now when the track is moved
 */
export function movedClocks(track: MovingTrack, open: readonly OpenClock[], now: Date, calendars: Calendars): readonly ClockChange[] {
  const { after, mapping } = track;
  const stage = placeOf(mapping, track.stage);
  const carried = open.map((clock) => ({ clock, as: ruleAfter(track, clock, stage) }));
  const isCarried = (code: string): boolean => carried.some(({ as }) => as?.code === code);
  const had = new Set([...track.hadClocks].flatMap((code) => mapping.clocks.get(code) ?? []));
  const given = timesAfterMove(track.given, mapping);
  const starting = [
    ...after.clocks.filter(({ code, startsOn, stopsIn }) => startsOn.on === 'track_opened' && !had.has(code) && !stopsIn.includes(stage)),
    ...stageOf(after, stage).clocks.filter(({ code }) => !isCarried(code)),
  ];
  return [
    ...carried.flatMap(({ clock, as }) => (as ? carry(track, clock, as, now, calendars) : [finishedAsUnneeded(clock, now)])),
    ...starting.map((clock) =>
      startedClock(
        clock,
        stage,
        { procedure: after, now, calendars },
        { isWaiting: clock.pausesIn.includes(stage), extensions: given.get(clock.code) ?? 0 },
      ),
    ),
  ];
}

/** How often each clock was given more time, by the codes of the version to which a track moved. Of what has no place there nobody can give more. */
export function timesAfterMove(given: TimesGiven, { clocks }: VersionMapping): TimesGiven {
  return timesGiven(
    [...given].flatMap(([before, extensions]) => {
      const clock = clocks.get(before);
      return clock === undefined ? [] : [{ clock, extensions }];
    }),
  );
}

/**
 * Where a track goes on.
 * @throws Error for a stage without a place: {@link parseMapping} refuses such a mapping
 */
export function placeOf(mapping: VersionMapping, stage: string): string {
  const place = mapping.stages.get(stage);
  if (place === undefined) throw new Error(`the mapping has no place for the stage ${stage}`);
  return place;
}

/** As what a clock goes on; nothing when it does not. */
function ruleAfter({ before, after, mapping }: MovingTrack, open: OpenClock, stage: string): Clock | undefined {
  const code = mapping.clocks.get(open.clock);
  if (code === undefined) return undefined;
  if (before.clocks.some((clock) => clock.code === open.clock)) {
    return after.clocks.find((clock) => clock.code === code && !clock.stopsIn.includes(stage));
  }
  return stageOf(after, placeOf(mapping, open.stage)).clocks.find((clock) => clock.code === code);
}

/** What it asked for is gone with the version, so it is not met; late it may have been. */
function finishedAsUnneeded(open: OpenClock, now: Date): ClockChange {
  return finishedClock(open, now, true);
}

function carry(track: MovingTrack, open: OpenClock, rule: Clock, now: Date, calendars: Calendars): readonly ClockChange[] {
  const was = findClock(track.before, open.clock);
  if (!was) throw new Error(`procedure ${track.before.procedure} ${track.before.version} has no clock ${open.clock}`);
  const carried = carriedClock(open, { was, rule, stage: placeOf(track.mapping, open.stage) }, now, calendars);
  const calendar = calendarOf(calendars, rule.calendar);
  const next = nextFiring(rule, carried.startedAt, carried.dueAt, calendar, carried.level)?.at;
  const change: ClockChange = {
    change: 'carried',
    open,
    as: carried,
    // Paused, it has its own moment or none: that stays.
    ...(open.state === 'running' ? { nextFireAt: next } : {}),
  };
  return [change, ...waitOrGoOn(track, carried, now, calendars)];
}

function carriedClock(
  open: OpenClock,
  { was, rule, stage }: { readonly was: Clock; readonly rule: Clock; readonly stage: string },
  now: Date,
  calendars: Calendars,
): OpenClock {
  const before = calendarOf(calendars, open.calendar);
  const after = calendarOf(calendars, rule.calendar);
  const moved = { ...open, clock: rule.code, stage, calendar: rule.calendar };
  const level = levelAfter(open, was, rule, calendars);
  const isSameCalendar = open.calendar === rule.calendar;
  const calendarVersion = isSameCalendar ? open.calendarVersion : versionOf(after);
  if (open.remainingMs === undefined) return { ...moved, level, calendarVersion };
  if (isSameCalendar && was.within.unit === rule.within.unit) return { ...moved, level, calendarVersion };
  // What is left is measured in the units of its rule: the day on which it would end now says it in those of the other.
  const remainingMs = remainingAt(rule, resumedDueAt(was, open.remainingMs, now, before), now, after);
  return { ...moved, level, calendarVersion, remainingMs };
}

/** How many firings of the new ladder lie before what the old one has told. */
function levelAfter(open: OpenClock, was: Clock, rule: Clock, calendars: Calendars): number {
  if (open.level === 0) return 0;
  const before = calendarOf(calendars, open.calendar);
  const after = calendarOf(calendars, rule.calendar);
  const [old, fresh] = [firingsOf(was, open.startedAt, open.dueAt, before), firingsOf(rule, open.startedAt, open.dueAt, after)];
  const isAsBefore =
    old.length === fresh.length &&
    old.every(({ at, kind }, index) => fresh[index]?.kind === kind && fresh[index].at.getTime() === at.getTime());
  if (isAsBefore) return open.level;
  const told = nextFiring(was, open.startedAt, open.dueAt, before, open.level - 1)?.at;
  if (told === undefined) return open.level;
  const around = firingsAround(rule, open.startedAt, open.dueAt, after, 0, told);
  return around.next?.level ?? around.due.length;
}

/** A wait that only the stages ask for follows those of the new version; one with an end of its own stays. */
function waitOrGoOn(
  { after, mapping, stage: from }: MovingTrack,
  clock: OpenClock,
  now: Date,
  calendars: Calendars,
): readonly ClockChange[] {
  const stage = placeOf(mapping, from);
  const around = { procedure: after, now, calendars };
  const waits = isMadeToWait(after, clock, stage);
  if (clock.state === 'running') return waits && !hasRunOut(clock, now) ? [pausedClock(clock, around)] : [];
  return waits || clock.pausedUntil !== undefined ? [] : [resumedClock(clock, around)];
}
