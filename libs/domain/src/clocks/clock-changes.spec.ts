import fc from 'fast-check';
import { fullProcedure, shippedCalendar, shippedProcedure, smallProcedure } from '../../test-support/documents';
import { decide, SYSTEM_ACTOR, type ActionActor, type Permission } from '../procedures/decide';
import { NO_FACTS, type Facts } from '../procedures/guards';
import { stageOf, type Procedure } from '../procedures/procedure';
import { calendarOf, extendedClock, finishedClock, hasRunOut, type Calendars, type ClockChange, type OpenClock } from './clock-change';
import { clockChanges, endPause, openingClocks } from './clock-changes';
import { clocksAfter } from './clocks-after';

const calendars: Calendars = new Map(['geneva', 'gulf'].map((code) => [code, shippedCalendar(code)]));
const facts: Facts = { ...NO_FACTS, companyNamed: true, assigned: true, established: new Set(['consent_to_notify_company']) };
const director: ActionActor = { role: 'director', onTeam: true };
const officer: ActionActor = { role: 'officer', onTeam: true };
const supervisor: ActionActor = { role: 'supervisor', onTeam: true };

let started = 0;

/** What the database would hold after the changes: the clocks that are not over. */
function applied(open: readonly OpenClock[], changes: readonly ClockChange[]): readonly OpenClock[] {
  return clocksAfter(open, changes, (clock) => `${clock}-${(started += 1)}`);
}

function allowed(procedure: Procedure, stage: string, actor: ActionActor, action: string, open: readonly OpenClock[] = []): Permission {
  const decision = decide(procedure, { stage, revision: 1, closed: false }, { ...facts, clocks: open }, actor, action);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision;
}

function summary(changes: readonly ClockChange[]): readonly string[] {
  return changes.map((change) => {
    if (change.change === 'started') return `started ${change.clock} ${change.dueAt.toISOString()}`;
    const { clock } = change.open;
    if (change.change === 'finished') return `${change.state} ${clock}`;
    if (change.change === 'carried' || change.change === 'kept_waiting') return `${change.change} ${clock}`;
    return change.change === 'resumed' || change.change === 'extended'
      ? `${change.change} ${clock} ${change.dueAt.toISOString()}`
      : `paused ${clock} ${Math.round(change.remainingMs / 3_600_000)} h`;
  });
}

describe('the clocks of a track', () => {
  const small = smallProcedure();
  const monday = new Date('2026-11-02T11:00:00Z');
  const opening = applied([], openingClocks(small, monday, calendars));

  it('start when it is opened', () => {
    expect(summary(openingClocks(small, monday, calendars))).toEqual(['started answer 2026-11-09T22:59:59.999Z']);
    expect(openingClocks(small, monday, calendars)[0]).toMatchObject({ nextFireAt: new Date('2026-11-05T22:59:59.999Z'), stage: 'open' });
  });

  it('are met in time, or late', () => {
    const giveUp = allowed(small, 'open', supervisor, 'give_up');
    const result = (now: string): readonly string[] => summary(clockChanges(small, giveUp, opening, new Date(now), calendars, new Map()));
    expect(result('2026-11-09T22:59:59.999Z')).toEqual(['met answer']);
    expect(result('2026-11-10T08:00:00Z')).toEqual(['missed_met answer']);
  });

  it('do not change while it stays in its stage', () => {
    expect(clockChanges(small, allowed(small, 'open', officer, 'note'), opening, monday, calendars, new Map())).toEqual([]);
  });

  it('pause while somebody is asked, and go on with what remained', () => {
    const wednesday = new Date('2026-11-04T11:00:00Z');
    const asked = clockChanges(small, allowed(small, 'open', officer, 'ask'), opening, wednesday, calendars, new Map());
    expect(summary(asked)).toEqual(['paused answer 96 h', 'started patience 2026-12-06T20:59:59.999Z']);
    const friday = new Date('2026-11-06T11:00:00Z');
    const answered = clockChanges(
      small,
      allowed(small, 'waiting', SYSTEM_ACTOR, 'answered'),
      applied(opening, asked),
      friday,
      calendars,
      new Map(),
    );
    expect(summary(answered)).toEqual(['met patience', 'resumed answer 2026-11-11T22:59:59.999Z']);
  });

  it('are cancelled when it closes while they are paused', () => {
    const asked = applied(opening, clockChanges(small, allowed(small, 'open', officer, 'ask'), opening, monday, calendars, new Map()));
    const closed = clockChanges(
      small,
      allowed(small, 'waiting', supervisor, 'give_up'),
      asked,
      new Date('2026-11-03T11:00:00Z'),
      calendars,
      new Map(),
    );
    expect(summary(closed)).toEqual(['cancelled answer', 'met patience']);
  });

  it('cannot be computed on a calendar that is not there', () => {
    expect(() => calendarOf(new Map(), 'geneva')).toThrow('there is no calendar geneva');
  });
});

describe('clocks across stages, and actions on single clocks', () => {
  const full = fullProcedure();
  const monday = new Date('2026-11-02T11:00:00Z');
  const opening = applied([], openingClocks(full, monday, calendars));
  const tuesday = new Date('2026-11-03T11:00:00Z');
  const friday = new Date('2026-11-06T11:00:00Z');
  const changes = (open: readonly OpenClock[], stage: string, actor: ActionActor, action: string, now: Date) =>
    clockChanges(full, allowed(full, stage, actor, action, open), open, now, calendars, new Map());

  it('start with the track, or each time an action is taken', () => {
    expect(summary(openingClocks(full, monday, calendars))).toEqual([
      'started whole 2027-02-02T22:59:59.999Z',
      'started answer 2026-11-09T22:59:59.999Z',
    ]);
    const noted = changes(opening, 'open', officer, 'note', monday);
    expect(summary(noted)).toEqual(['started feedback 2026-11-16T22:59:59.999Z']);
    const again = changes(applied(opening, noted), 'open', officer, 'note', tuesday);
    expect(summary(again)).toEqual(['met feedback', 'started feedback 2026-11-17T22:59:59.999Z']);
  });

  it('wait, go on and end with the stages they name', () => {
    const noted = applied(opening, changes(opening, 'open', officer, 'note', monday));
    const asked = changes(noted, 'open', officer, 'ask', tuesday);
    expect(summary(asked).filter((line) => /whole|feedback/.test(line))).toEqual(['paused whole 2208 h', 'met feedback']);
    const answered = changes(applied(noted, asked), 'waiting', SYSTEM_ACTOR, 'answered', friday);
    expect(summary(answered)).toContain('resumed whole 2027-02-05T22:59:59.999Z');
  });

  it('end with the track', () => {
    expect(summary(changes(opening, 'open', supervisor, 'give_up', tuesday))).toEqual(['met answer', 'met whole']);
  });

  it('pause for a reason with an end, and go on', () => {
    const held = changes(opening, 'open', officer, 'hold', tuesday);
    expect(held).toMatchObject([{ change: 'paused', open: { clock: 'answer' }, until: new Date('2027-01-04T22:59:59.999Z') }]);
    const open = applied(opening, held);
    expect(summary(changes(open, 'open', officer, 'release', friday))).toEqual(['resumed answer 2026-11-12T22:59:59.999Z']);
    const answer = open.find(({ clock }) => clock === 'answer')!;
    expect(endPause(full, answer, 'open', friday, calendars)).toMatchObject([
      { change: 'resumed', dueAt: new Date('2026-11-12T22:59:59.999Z') },
    ]);
  });

  it('are extended from their end, or from now when it has passed, and warn again', () => {
    const extended = changes(opening, 'open', officer, 'prolong', tuesday);
    expect(extended).toMatchObject([{ change: 'extended', dueAt: new Date('2027-03-02T22:59:59.999Z'), level: 0 }]);
    const late = opening.map((clock) => (clock.clock === 'whole' ? { ...clock, level: 2 } : clock));
    const rescued = changes(late, 'open', officer, 'prolong', new Date('2027-02-10T11:00:00Z'));
    expect(rescued).toMatchObject([
      { dueAt: new Date('2027-03-10T22:59:59.999Z'), level: 0, nextFireAt: new Date('2027-03-10T22:59:59.999Z') },
    ]);
  });

  it('were missed for good once they have run out, however much time they are given and whatever ends them', () => {
    const whole = (open: readonly OpenClock[]) => open.find(({ clock }) => clock === 'whole')!;
    const prolonged = applied(opening, changes(opening, 'open', officer, 'prolong', tuesday));
    expect(whole(prolonged).missedAt).toBeUndefined();
    const late = new Date('2027-04-01T11:00:00Z');
    const rescued = applied(prolonged, changes(prolonged, 'open', officer, 'prolong', late));
    expect(whole(rescued)).toMatchObject({ missedAt: whole(prolonged).dueAt, state: 'running', extensions: 2 });
    expect(whole(rescued).dueAt > late).toBe(true);
    expect(summary(changes(rescued, 'open', supervisor, 'give_up', late))).toContain('missed_met whole');
    // A question makes it wait before its new end: it is missed all the same.
    const asked = applied(rescued, changes(rescued, 'open', officer, 'ask', late));
    expect(whole(asked)).toMatchObject({ state: 'paused', missedAt: whole(prolonged).dueAt });
    expect(finishedClock(whole(asked), late)).toMatchObject({ state: 'missed_met' });
    expect(
      extendedClock(whole(rescued), { amount: 1, unit: 'months' }, { procedure: full, now: new Date('2027-09-01T11:00:00Z'), calendars }),
    ).toMatchObject({
      missedAt: whole(prolonged).dueAt,
    });
  });

  it('stay late when they are to be paused after they have run out, and nobody is told otherwise', () => {
    const late = new Date('2026-11-20T11:00:00Z');
    const overdue = opening.map((clock) => ({ ...clock, isOverdue: clock.dueAt < late }));
    const held = decide(full, { stage: 'open', revision: 1, closed: false }, { ...facts, clocks: overdue }, officer, 'hold');
    expect(held).toEqual({ ok: false, refusal: { code: 'clock_overdue', clock: 'answer' } });
    const asked = applied(opening, changes(opening, 'open', officer, 'ask', late));
    expect(asked.find(({ clock }) => clock === 'answer')).toEqual(opening.find(({ clock }) => clock === 'answer'));
    const back = applied(asked, changes(asked, 'waiting', SYSTEM_ACTOR, 'answered', new Date('2026-11-27T11:00:00Z')));
    expect(back.find(({ clock }) => clock === 'answer')).toEqual(opening.find(({ clock }) => clock === 'answer'));
    expect(summary(changes(asked, 'waiting', supervisor, 'give_up', late))).toEqual([
      'missed_met answer',
      'met patience',
      'cancelled whole',
    ]);
  });

  it('are missed when they had run out, whatever ends them', () => {
    const late = new Date('2026-11-20T11:00:00Z');
    expect(summary(changes(opening, 'open', officer, 'appeal', late))[0]).toBe('missed_met answer');
    // Paused after they had run out, before such a pause was refused.
    const answer = opening.find(({ clock }) => clock === 'answer')!;
    const paused: OpenClock = { ...answer, state: 'paused', remainingMs: 0, pausedUntil: new Date('2027-01-04T22:59:59.999Z') };
    expect(summary(changes([paused], 'open', supervisor, 'give_up', late))).toEqual(['missed_met answer']);
    expect(changes([paused], 'open', officer, 'release', late)).toMatchObject([{ change: 'resumed', dueAt: answer.dueAt }]);
  });

  it('start again from the beginning', () => {
    expect(summary(changes(opening, 'open', officer, 'appeal', friday))).toEqual([
      'cancelled answer',
      'started answer 2026-11-13T22:59:59.999Z',
    ]);
  });
});

describe('whatever is done on the remedy track, in whatever order', () => {
  const remedy = shippedProcedure('remedy');
  const steps = fc.array(
    fc.record({ action: fc.constantFrom(...remedy.actions.map(({ code }) => code)), hours: fc.integer({ min: 0, max: 900 }) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );

  it('it stands in one stage, closed at an end, otherwise with a running clock of that stage, and nothing else but what waits or is late', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        let now = new Date('2026-01-15T10:00:00Z');
        let stage = remedy.initial;
        let open = applied([], openingClocks(remedy, now, calendars));
        for (const step of sequence) {
          now = new Date(now.getTime() + step.hours * 3_600_000);
          const actor = remedy.actions.find(({ code }) => code === step.action)?.roles.includes('system') ? SYSTEM_ACTOR : director;
          const decision = decide(remedy, { stage, revision: 1, closed: stageOf(remedy, stage).isEnd }, facts, actor, step.action);
          if (!decision.ok) continue;
          open = applied(open, clockChanges(remedy, decision, open, now, calendars, new Map()));
          stage = decision.to;
          if (decision.closes) {
            expect(open).toEqual([]);
          } else {
            expect(open.filter((clock) => clock.stage === stage).map(({ state }) => state)).toEqual(['running']);
            // What waits for an answer is paused, unless it had run out: that runs on.
            const elsewhere = open.filter((clock) => clock.stage !== stage && !(clock.stage === 'screening' && hasRunOut(clock, now)));
            const isLate = open.some((clock) => clock.stage === 'screening' && hasRunOut(clock, now));
            const isWaiting = stage === 'waiting_for_information' && !isLate;
            expect(elsewhere.map((clock) => `${clock.stage} ${clock.state}`)).toEqual(isWaiting ? ['screening paused'] : []);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
