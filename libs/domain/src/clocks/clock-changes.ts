import { addDuration } from './add-duration';
import {
  calendarOf,
  extendedClock,
  finishedClock,
  hasRunOut,
  pausedClock,
  resumedClock,
  ruleOf,
  startedClock,
  type Calendars,
  type ClockChange,
  type ClockSurroundings,
  type OpenClock,
} from './clock-change';
import { clockAfter } from './clocks-after';
import { isMadeToWait, isWaitedOut } from './waiting-clocks';
import type { Permission } from '../procedures/decide';
import { stageOf, type Clock, type ClockOperation, type Procedure } from '../procedures/procedure';

/** How often clocks were given more time, by their codes. */
export type TimesGiven = ReadonlyMap<string, number>;

/** How often each clock was given more time, those that have ended among them. */
export function timesGiven(clocks: readonly Pick<OpenClock, 'clock' | 'extensions'>[], before: TimesGiven = new Map()): TimesGiven {
  const given = new Map(before);
  for (const { clock, extensions } of clocks) if (extensions > (given.get(clock) ?? 0)) given.set(clock, extensions);
  return given;
}

/** The clocks that start when a track is opened. One that waits in the first stage waits from the beginning. */
export function openingClocks(procedure: Procedure, now: Date, calendars: Calendars): readonly ClockChange[] {
  const { initial } = procedure;
  const across = procedure.clocks.filter(({ startsOn, stopsIn }) => startsOn.on === 'track_opened' && !stopsIn.includes(initial));
  const around = { procedure, now, calendars };
  return [...across, ...stageOf(procedure, initial).clocks].map((clock) =>
    startedClock(clock, initial, around, { isWaiting: clock.pausesIn.includes(initial) }),
  );
}

/**
 * What an allowed action does to the clocks of its track. Afterwards the track has a running clock or is closed.
 * @param procedure the version the track is pinned to
 * @param decision what {@link decide} allowed
 * @param open every clock of the track that is running or paused
 * @param now when the action is taken
 * @param given how often each clock that the track ever had was given more time, by its code: what begins again does not forget it ({@link timesGiven})
 */
export function clockChanges(
  procedure: Procedure,
  decision: Permission,
  open: readonly OpenClock[],
  now: Date,
  calendars: Calendars,
  given: TimesGiven,
): readonly ClockChange[] {
  const around = { procedure, decision, now, calendars, given, since: beginningOf(decision, open, now) };
  const isAcross = (code: string): boolean => procedure.clocks.some((clock) => clock.code === code);
  const ofStages = open.filter(({ clock }) => !isAcross(clock));
  return [
    ...(decision.moves ? stageClocks(around, ofStages) : ofStages.flatMap((clock) => operated(around, clock) ?? [])),
    ...procedure.clocks.flatMap((clock) =>
      acrossStages(
        around,
        clock,
        open.find((one) => one.clock === clock.code),
      ),
    ),
  ];
}

interface Around extends ClockSurroundings {
  readonly decision: Permission;
  readonly given: TimesGiven;
  /** Since when a clock counts that this action starts. */
  readonly since: Date;
}

/** What the software does because a clock ran out happened when that ran out, however late it comes to it: a period that begins with the end of another loses no day and gains none. */
function beginningOf({ action }: Permission, open: readonly OpenClock[], now: Date): Date {
  const ranOut = action.trigger === 'clock_ran_out' && open.find(({ clock }) => clock === action.onClock);
  return ranOut && ranOut.state === 'running' && ranOut.dueAt < now ? ranOut.dueAt : now;
}

/** The track moves: the clocks of the stage it leaves are met or wait, those of the stage it enters start or go on. */
function stageClocks(around: Around, open: readonly OpenClock[]): readonly ClockChange[] {
  const { procedure, decision } = around;
  const isThere = (code: string): boolean => open.some(({ clock, stage }) => clock === code && stage === decision.to);
  return [
    ...open.filter(({ stage }) => stage !== decision.to).flatMap((clock) => stageClock(around, clock)),
    // Those waited for this stage: nothing that was promised is lost, and a pause with an end of its own lasts until that end.
    ...open.filter(({ stage }) => stage === decision.to).flatMap((clock) => settled(around, clock)),
    ...stageOf(procedure, decision.to)
      .clocks.filter(({ code }) => !isThere(code))
      .map((clock) => startedClock(clock, decision.to, around, { extensions: around.given.get(clock.code) ?? 0 })),
  ];
}

/** A clock of a stage that the track leaves, or for which it waits elsewhere. */
function stageClock(around: Around, open: OpenClock): readonly ClockChange[] {
  const { procedure, decision, now } = around;
  const isKept = open.stage === decision.from ? decision.clocks === 'pause' : isWaitedOut(procedure, open.stage, decision.to);
  return isKept ? settled(around, open) : [finishedClock(open, now)];
}

/** A clock across stages: it ends with the stages it names, starts with the actions it names, does what the action says, and then waits or runs as its stages ask. */
function acrossStages(around: Around, clock: Clock, open: OpenClock | undefined): readonly ClockChange[] {
  const { decision, now } = around;
  if (decision.closes || clock.stopsIn.includes(decision.to)) return open ? [finishedClock(open, now)] : [];
  const starts = clock.startsOn.on === 'action' && clock.startsOn.actions.includes(decision.action.code);
  if (starts) {
    const isWaiting = clock.pausesIn.includes(decision.to);
    const extensions = open?.extensions ?? around.given.get(clock.code) ?? 0;
    const begun = startedClock(clock, decision.to, around, { isWaiting, extensions, since: around.since });
    return open ? [finishedClock(open, now), begun] : [begun];
  }
  if (!open) return [];
  const changes = operated(around, open) ?? [];
  const after = changes.reduce<OpenClock | undefined>((before, change) => before && clockAfter(before, change), open);
  return after ? [...changes, ...settled(around, after)] : changes;
}

/** The last word: whatever was done to it, a clock waits where its stage makes it wait, and runs where nothing does. One that has run out stays late. */
function settled(around: Around, open: OpenClock): readonly ClockChange[] {
  const waits = isMadeToWait(around.procedure, open, around.decision.to);
  if (open.state === 'running') return waits && !hasRunOut(open, around.now) ? [pausedClock(open, around)] : [];
  return waits || open.pausedUntil !== undefined ? [] : [resumedClock(open, around)];
}

/** What the action itself does to a clock; nothing when it does not name it. */
function operated(around: Around, open: OpenClock): readonly ClockChange[] | undefined {
  const operation = around.decision.action.changesClocks.find(({ clock }) => clock === open.clock);
  return operation && operate(around, operation, open);
}

function operate(around: Around, operation: ClockOperation, open: OpenClock): readonly ClockChange[] {
  const { procedure, decision, now, calendars } = around;
  const isPaused = open.state === 'paused';
  const isWaiting = isMadeToWait(procedure, open, decision.to);
  switch (operation.operation) {
    case 'pause':
      if (isPaused || hasRunOut(open, now)) return [];
      return [pausedClock(open, around, addDuration(now, operation.atMost, calendarOf(calendars, open.calendar)))];
    case 'resume':
      return isPaused ? released(around, open, decision.to) : [];
    case 'restart':
      return [
        finishedClock(open, now, true),
        startedClock(ruleOf(procedure, open), open.stage, around, { isWaiting, extensions: open.extensions + 1 }),
      ];
    case 'extend':
      return isPaused ? [] : [extendedClock(open, operation.by, around)];
  }
}

/**
 * A pause that is over by itself: what an officer may also do before. Where the stage makes the clock wait, it waits on.
 * @param stage where the track stands
 * @returns nothing for a clock that has no end of its own to come to
 */
export function endPause(procedure: Procedure, open: OpenClock, stage: string, now: Date, calendars: Calendars): readonly ClockChange[] {
  return released({ procedure, now, calendars }, open, stage);
}

function released(around: ClockSurroundings, open: OpenClock, stage: string): readonly ClockChange[] {
  if (!isMadeToWait(around.procedure, open, stage)) return [resumedClock(open, around)];
  return open.pausedUntil === undefined ? [] : [{ change: 'kept_waiting', open }];
}
