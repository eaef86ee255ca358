import fc from 'fast-check';
import { shippedCalendar, shippedProcedure } from '../../test-support/documents';
import { findClock, type Clock } from '../procedures/procedure';
import { firingsUntil, nextFiring, startClock } from './firings';

const geneva = shippedCalendar('geneva');
const acknowledge = findClock(shippedProcedure('remedy'), 'acknowledge')!;
const monday = new Date('2026-11-02T09:00:00Z');

describe('the clock of acknowledgement', () => {
  it('warns, runs out, then climbs its ladder', () => {
    const { dueAt, firings } = startClock(acknowledge, monday, geneva);
    expect(dueAt.toISOString()).toBe('2026-11-09T22:59:59.999Z');
    expect(firings.map(({ level, kind, at, tell }) => [level, kind, at.toISOString().slice(0, 10), tell.join()])).toEqual([
      [0, 'warning', '2026-11-05', 'assignee'],
      [1, 'due', '2026-11-09', 'assignee'],
      [2, 'escalation', '2026-11-10', 'team_lead'],
      [3, 'escalation', '2026-11-12', 'supervisor'],
      [4, 'escalation', '2026-11-16', 'director'],
    ]);
  });

  it('goes on telling the last of the ladder for as long as nothing happens', () => {
    const { dueAt } = startClock(acknowledge, monday, geneva);
    const next = (level: number): string | undefined =>
      nextFiring(acknowledge, monday, dueAt, geneva, level)?.at.toISOString().slice(0, 10);
    expect([next(4), next(5), next(6)]).toEqual(['2026-11-16', '2026-11-23', '2026-11-30']);
    expect(nextFiring(acknowledge, monday, dueAt, geneva, 9)).toMatchObject({ level: 9, kind: 'escalation', tell: ['director'] });
  });

  it('is silent after the ladder when it does not repeat', () => {
    const { repeatEvery: _repeatEvery, ...once } = acknowledge;
    const { dueAt } = startClock(once, monday, geneva);
    expect(nextFiring(once, monday, dueAt, geneva, 5)).toBeUndefined();
  });

  it('lists what was missed while nothing ran', () => {
    const { dueAt } = startClock(acknowledge, monday, geneva);
    const missed = (now: string): readonly number[] =>
      firingsUntil(acknowledge, monday, dueAt, geneva, 1, new Date(now)).map(({ level }) => level);
    expect(missed('2026-11-09T22:59:59.998Z')).toEqual([]);
    expect(missed('2026-11-09T22:59:59.999Z')).toEqual([1]);
    expect(missed('2026-11-24T12:00:00Z')).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps the meaning of a level when a pause moves its end', () => {
    const { dueAt } = startClock(acknowledge, monday, geneva);
    const later = new Date(dueAt.getTime() + 14 * 86_400_000);
    expect(nextFiring(acknowledge, monday, later, geneva, 1)).toMatchObject({ kind: 'due', at: later });
  });
});

describe('on any clock', () => {
  const units = fc.constantFrom('minutes', 'hours', 'working_days', 'calendar_days', 'weeks', 'months');
  const durations = fc.record({ amount: fc.integer({ min: 1, max: 20 }), unit: units });
  const clocks: fc.Arbitrary<Clock> = fc.record({
    code: fc.constant('any'),
    name: fc.constant({ en: 'Any' }),
    within: durations,
    calendar: fc.constant('geneva'),
    startsOn: fc.constant({ on: 'stage_entered' } as const),
    pausesIn: fc.constant([]),
    stopsIn: fc.constant([]),
    warnBefore: fc.array(durations, { maxLength: 3 }),
    tell: fc.constant(['assignee'] as const),
    ladder: fc.array(
      fc.record({
        after: durations,
        tell: fc.constant(['director'] as const),
        through: fc.constant(['email'] as const),
        otherwise: fc.constant([]),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    repeatEvery: durations,
  });
  const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });

  it('firings come in the order of their levels, none before the start, and one of them is the end', () => {
    fc.assert(
      fc.property(clocks, instants, (clock, start) => {
        const { dueAt, firings } = startClock(clock, start, geneva);
        const upTo = Array.from({ length: firings.length + 3 }, (_, level) => nextFiring(clock, start, dueAt, geneva, level)!);
        expect(upTo.slice(0, firings.length)).toEqual(firings);
        upTo.forEach((firing, level) => {
          expect(firing.level).toBe(level);
          expect(firing.at.getTime()).toBeGreaterThanOrEqual(level === 0 ? start.getTime() : upTo[level - 1]!.at.getTime());
        });
        expect(firings.filter(({ kind }) => kind === 'due').map(({ at }) => at)).toEqual([dueAt]);
      }),
      { numRuns: 50 },
    );
  });
});
