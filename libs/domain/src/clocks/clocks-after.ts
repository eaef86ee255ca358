import type { ClockChange, OpenClock } from './clock-change';

/**
 * The clocks of a track after some changes, in memory: what the database would hold. Those that ended are gone.
 * @param newId names a clock that starts, by its code
 */
export function clocksAfter(
  open: readonly OpenClock[],
  changes: readonly ClockChange[],
  newId: (clock: string) => string,
): readonly OpenClock[] {
  const kept = open.flatMap((clock) => {
    const own = changes.filter((change) => change.change !== 'started' && change.open.id === clock.id);
    return own.reduce<OpenClock | undefined>((before, change) => before && clockAfter(before, change), clock) ?? [];
  });
  const started = changes.flatMap((change): readonly OpenClock[] => {
    if (change.change !== 'started') return [];
    const { change: _change, nextFireAt: _nextFireAt, ...clock } = change;
    return [{ ...clock, id: newId(clock.clock), state: clock.remainingMs === undefined ? 'running' : 'paused', level: 0 }];
  });
  return [...kept, ...started];
}

/** An open clock after one change; nothing when it ended. */
export function clockAfter(clock: OpenClock, change: ClockChange): OpenClock | undefined {
  switch (change.change) {
    case 'paused':
      return { ...clock, state: 'paused', remainingMs: change.remainingMs, ...(change.until && { pausedUntil: change.until }) };
    case 'kept_waiting': {
      const { pausedUntil: _pausedUntil, ...waiting } = clock;
      return waiting;
    }
    case 'resumed': {
      const { remainingMs: _remainingMs, pausedUntil: _pausedUntil, ...running } = clock;
      return { ...running, state: 'running', dueAt: change.dueAt };
    }
    case 'extended':
      return {
        ...clock,
        dueAt: change.dueAt,
        level: change.level,
        extensions: clock.extensions + 1,
        ...(change.missedAt && { missedAt: change.missedAt }),
      };
    case 'carried':
      return { ...clock, ...change.as };
    case 'finished':
      return undefined;
    case 'started':
      return clock;
  }
}
