import { shippedCalendar, shippedProcedure } from '../../test-support/documents';
import { WalkedTrack } from '../../test-support/walked-track';
import { addDuration } from '../clocks/add-duration';
import { clockFact } from '../clocks/clock-change';
import { clockChanges } from '../clocks/clock-changes';
import type { Duration } from '../clocks/duration';
import { decide, SYSTEM_ACTOR, type ActionActor } from './decide';
import { NO_FACTS, type Facts } from './guards';
import { findAction, findClock } from './procedure';

/** What Directive (EU) 2019/1937 asks of the shipped procedure. */

const procedure = shippedProcedure('whistleblower');
const officer: ActionActor = { role: 'officer', staffId: 'a', onTeam: true };
const holding = (...facts: readonly string[]): Facts => ({
  ...NO_FACTS,
  established: new Set(facts),
  clocks: [{ clock: 'feedback', stage: 'received', state: 'running', extensions: 0 }],
});
const decided = (stage: string, action: string, facts: Facts) => {
  const decision = decide(procedure, { stage, revision: 1, closed: false }, facts, officer, action);
  return decision.ok ? 'allowed' : decision.refusal;
};

describe('the channel for people who report breaches', () => {
  it('acknowledges within seven days and gives feedback within three months: Articles 9(1)(b) and (f), 11(2)(b) and (d)', () => {
    expect(findClock(procedure, 'acknowledge')?.within).toEqual({ amount: 7, unit: 'calendar_days' });
    const feedback = findClock(procedure, 'feedback');
    expect(feedback).toMatchObject({ within: { amount: 3, unit: 'months' }, pausesIn: [], stopsIn: ['feedback_given'] });
    expect(feedback?.startsOn).toEqual({
      on: 'action',
      actions: ['acknowledge', 'go_on_without_acknowledging', 'start_feedback_without_acknowledgement'],
    });
  });

  it('without an acknowledgement counts the three months from the end of the seven days, however late the software is', () => {
    const calendars = new Map([['geneva', shippedCalendar('geneva')]]);
    // A Monday: the seven days end with the next one, and the three months with the same day of June.
    const track = new WalkedTrack(procedure, calendars, new Date('2026-03-02T09:00:00Z'));
    const open = track.clocks;
    const seventh = track.clock('acknowledge').dueAt;
    const expected = { startedAt: seventh, dueAt: new Date('2026-06-09T21:59:59.999Z') };
    expect(seventh).toEqual(new Date('2026-03-09T22:59:59.999Z'));
    track.wait(24 * 10);
    expect(track.clock('feedback')).toMatchObject(expected);

    const afterStandstill = new Date('2026-04-20T09:00:00Z');
    const facts = { ...NO_FACTS, clocks: open.map((clock) => clockFact(clock, afterStandstill)) };
    const state = { stage: 'received', revision: 1, closed: false };
    const decision = decide(procedure, state, facts, SYSTEM_ACTOR, 'start_feedback_without_acknowledgement');
    if (!decision.ok) throw new Error(decision.refusal.code);
    const changes = clockChanges(procedure, decision, open, afterStandstill, calendars, new Map());
    expect(changes.find(({ change }) => change === 'started')).toMatchObject(expected);
  });

  it('takes more than three months only on the external channel, once, before they are over: Article 11(2)(d)', () => {
    expect(decided('follow_up', 'take_six_months', holding())).toMatchObject({ code: 'guard_failed', guard: 'external_channel' });
    expect(decided('follow_up', 'take_six_months', holding('external_channel'))).toBe('allowed');
    expect(decided('follow_up', 'take_six_months', holding('external_channel', 'feedback_missed'))).toMatchObject({
      guard: 'not_feedback_missed',
    });
    expect(findAction(procedure, 'take_six_months')?.changesClocks).toEqual([
      { operation: 'extend', clock: 'feedback', by: { amount: 12, unit: 'weeks' }, times: 1 },
    ]);
  });

  it('and never more than six months in all, on whatever day the time begins', () => {
    const calendar = shippedCalendar('geneva');
    const after = (start: Date, ...durations: readonly Duration[]) => durations.reduce((at, one) => addDuration(at, one, calendar), start);
    const late: string[] = [];
    for (let day = 0; day < 3 * 365; day += 1) {
      const start = new Date(Date.UTC(2026, 0, 1 + day, 10));
      const extended = after(start, { amount: 3, unit: 'months' }, { amount: 12, unit: 'weeks' });
      if (extended > after(start, { amount: 6, unit: 'months' })) late.push(start.toISOString().slice(0, 10));
    }
    expect(late).toEqual([]);
  });

  it('goes on without acknowledging only on the external channel: Article 11(2)(b) has the exceptions, Article 9 has none', () => {
    for (const [action, facts] of [
      ['go_on_without_acknowledging', []],
      ['go_on_late_without_acknowledging', ['acknowledgement_missed']],
    ] as const) {
      expect(decided('received', action, holding(...facts))).toMatchObject({ code: 'guard_failed', guard: 'external_channel' });
      expect(decided('received', action, holding('external_channel', ...facts))).toBe('allowed');
    }
  });
});
