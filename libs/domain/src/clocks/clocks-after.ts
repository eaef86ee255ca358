import type { ClockChange, OpenClock } from './clock-changes';

/** An open clock with the end of its pause. */
export interface HeldClock extends OpenClock {
  /** When it goes on by itself. Only while paused; absent when another clock watches over the wait. */
  readonly until?: Date;
}

/**
 * The clocks of a track after some changes, in memory: what the database would hold. Those that ended are gone.
 * @param newId names a clock that starts, by its code
 * @throws Error when one clock is changed twice: no action does that
 */
export function clocksAfter(
  open: readonly HeldClock[],
  changes: readonly ClockChange[],
  newId: (clock: string) => string,
): readonly HeldClock[] {
  const kept = open.flatMap((clock) => {
    const own = changes.filter((change) => change.change !== 'started' && change.open.id === clock.id);
    if (own.length > 1) throw new Error(`${clock.clock} is changed twice by one action`);
    return own[0] ? changed(clock, own[0]) : [clock];
  });
  const started = changes.flatMap((change): readonly HeldClock[] => {
    if (change.change !== 'started') return [];
    const { change: _change, nextFireAt: _nextFireAt, ...clock } = change;
    return [{ ...clock, id: newId(clock.clock), state: 'running', level: 0, extensions: 0 }];
  });
  return [...kept, ...started];
}

function changed(clock: HeldClock, change: ClockChange): readonly HeldClock[] {
  switch (change.change) {
    case 'paused':
      return [{ ...clock, state: 'paused', remainingMs: change.remainingMs, ...(change.until && { until: change.until }) }];
    case 'resumed': {
      const { remainingMs: _remainingMs, until: _until, ...running } = clock;
      return [{ ...running, state: 'running', dueAt: change.dueAt }];
    }
    case 'extended':
      return [{ ...clock, dueAt: change.dueAt, level: change.level, extensions: clock.extensions + 1 }];
    case 'carried':
      return [{ ...clock, ...change.as }];
    case 'finished':
      return [];
    case 'started':
      return [clock];
  }
}
