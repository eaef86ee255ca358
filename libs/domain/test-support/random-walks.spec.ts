import fc from 'fast-check';
import { shippedProcedure } from './documents';
import { assertWalks, lostBetween, WALK_CALENDARS, type Taken, type WalksTaken } from './random-walks';
import { WalkedTrack } from './walked-track';

/** A clock that a court has paused for six months, from its first day on. */
function paused(since = '2026-02-02T10:00:00Z', procedure = shippedProcedure('remedy')): WalkedTrack {
  const track = new WalkedTrack(procedure, WALK_CALENDARS, new Date(since));
  for (const code of ['acknowledge', 'begin_screening', 'pause_for_other_proceedings']) track.take(code);
  return track;
}

/** What such a step has come to. */
function step(track: WalkedTrack, take: () => void): Taken {
  const [before, taken, written] = [track.clocks, track.taken.length, track.record.events.length];
  take();
  return { before, actions: track.taken.slice(taken), events: track.record.events.slice(written) };
}

const LOST = ['decide_admissibility has not left what it had when it was stopped'];

describe('what is left of a clock on a walk', () => {
  it('is less when the clock went on by itself and was paused again within one step', () => {
    const track = paused();
    const taken = step(track, () => {
      track.waitUntil('2026-08-11T16:00:00Z');
      track.take('pause_for_other_proceedings');
    });
    const [was, is] = [taken.before[0]?.remainingMs ?? 0, track.clock('decide_admissibility').remainingMs ?? 0];
    expect(is).toBeGreaterThan(0);
    expect(is).toBeLessThan(was);
    expect(lostBetween(track, taken)).toEqual([]);
  });

  it('is never more then', () => {
    const track = paused();
    const taken = step(track, () => {
      track.waitUntil('2026-08-11T16:00:00Z');
      track.take('pause_for_other_proceedings');
    });
    const before = taken.before.map((clock) => ({ ...clock, remainingMs: 1 }));
    expect(lostBetween(track, { ...taken, before })).toEqual(LOST);
  });

  it('is more by what the end of calendar days moved off a weekend', () => {
    const { stages, ...remedy } = shippedProcedure('remedy');
    // From a Monday to Thursday. After six months it goes on at the end of a Wednesday, and four days would end on Saturday: it ends on Monday.
    const within = { amount: 3, unit: 'calendar_days' } as const;
    const inDays = stages.map((stage) => ({ ...stage, clocks: stage.clocks.map((clock) => ({ ...clock, within })) }));
    const track = paused('2026-03-02T10:00:00Z', { ...remedy, stages: inDays });
    const taken = step(track, () => {
      track.waitUntil('2026-09-03T10:00:00Z');
      track.take('pause_for_other_proceedings');
    });
    const left = [...taken.before, track.clock('decide_admissibility')].map(({ remainingMs = 0 }) => remainingMs / 86_400_000);
    expect(left).toEqual([4, 5]);
    expect(lostBetween(track, taken)).toEqual([]);
  });

  it.each(['2026-03-02T16:00:00Z', '2026-08-03T21:00:00Z'])('is the same as long as it waits: until %s', (moment) => {
    const track = paused();
    const taken = step(track, () => {
      track.waitUntil(moment);
      track.take('ask_for_information');
    });
    expect(lostBetween(track, taken)).toEqual([]);
    const before = taken.before.map((clock) => ({ ...clock, remainingMs: (clock.remainingMs ?? 0) + 1 }));
    expect(lostBetween(track, { ...taken, before })).toEqual(LOST);
  });

  it('is the same when its pause is over and its stage makes it wait on', () => {
    const track = paused();
    track.take('ask_for_information');
    const taken = step(track, () => track.waitUntil('2026-08-11T16:00:00Z'));
    expect(taken.events.map(({ type }) => type)).toContain('clock_kept_waiting');
    expect(lostBetween(track, taken)).toEqual([]);
    const before = taken.before.map((clock) => ({ ...clock, remainingMs: (clock.remainingMs ?? 0) + 1 }));
    expect(lostBetween(track, { ...taken, before })).toEqual(LOST);
  });
});

describe('a walk that goes wrong', () => {
  it('is told with what is wrong, and in its first line how to take it again', () => {
    const property = fc.property(fc.nat(), (one) => {
      if (one > 10) throw new Error(`${one} is too many`);
    });
    const told = (walks: WalksTaken): string => {
      try {
        assertWalks(property, walks);
      } catch (error) {
        return String(error);
      }
      return '';
    };
    const first = told({ seed: 7 });
    const [, seed = '', path = ''] =
      /^Error: walk \d+ went wrong; to take it again: \{ seed: (-?\d+), path: '([\d:]+)' \}\n\d+ is too many$/.exec(first) ?? [];
    expect(told({ seed: Number(seed), path }).split('\n')[1]).toBe(first.split('\n')[1]);
    expect(told({ numRuns: 0 })).toBe('');
  });
});
