import fc from 'fast-check';
import { shippedCalendar, shippedProcedure, shippedProcedures } from '../../test-support/documents';
import { FULL_PROCEDURE } from '../../test-support/small-procedure';
import { WalkedTrack } from '../../test-support/walked-track';
import { parseMapping, SAME_CODES } from '../procedures/parse-mapping';
import { parseProcedure } from '../procedures/parse-procedure';
import type { Procedure } from '../procedures/procedure';
import type { Calendars, ClockChange, OpenClock } from './clock-change';
import type { TimesGiven } from './clock-changes';
import { nextFiring } from './firings';
import { movedClocks } from './moved-clocks';

const calendars: Calendars = new Map(['geneva', 'gulf'].map((code) => [code, shippedCalendar(code)]));
const MONDAY = new Date('2026-11-02T11:00:00Z');
const WEDNESDAY = new Date('2026-11-04T11:00:00Z');
const END_OF_MONDAY_WEEK_LATER = new Date('2026-11-09T22:59:59.999Z');

function version(...replacements: readonly (readonly [string, string])[]): Procedure {
  const text = replacements.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`${from} is not in the document`);
    return all.replaceAll(from, to);
  }, FULL_PROCEDURE);
  const parsed = parseProcedure(text, 'full.yaml', { calendars: ['geneva', 'gulf'], procedures: ['full', 'small', 'remedy'] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.procedure;
}

const before = version();

const answer: OpenClock = {
  id: 'answer',
  clock: 'answer',
  stage: 'open',
  calendar: 'geneva',
  calendarVersion: 1,
  startedAt: MONDAY,
  dueAt: END_OF_MONDAY_WEEK_LATER,
  state: 'running',
  level: 0,
  extensions: 0,
};
const whole: OpenClock = { ...answer, id: 'whole', clock: 'whole', dueAt: new Date('2027-02-02T22:59:59.999Z') };

function moved(
  after: Procedure,
  open: readonly OpenClock[],
  stage = 'open',
  mapping = SAME_CODES,
  had = ['whole'],
  given: TimesGiven = new Map(),
): readonly ClockChange[] {
  const parsed = parseMapping(mapping, 'move.yaml', before, after);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const hadClocks = new Set([...open.map(({ clock }) => clock), ...had]);
  return movedClocks({ before, after, mapping: parsed.mapping, stage, hadClocks, given }, open, WEDNESDAY, calendars);
}

describe('the clocks of a track that moves to another version', () => {
  it('end when they would have ended, though the new version gives them another length', () => {
    const after = version(['version: 1', 'version: 2'], ['within: 5 working_days', 'within: 15 working_days']);
    const [change] = moved(after, [answer]);
    expect(change).toMatchObject({ change: 'carried', as: { ...answer, level: 0 } });
  });

  it('go on with the new ladder where the old one had told', () => {
    const after = version(['version: 1', 'version: 2'], ['warnBefore: [2 working_days, 1 working_day]', 'warnBefore: 1 working_day']);
    const warnedOnce = { ...answer, level: 1 };
    const warned = nextFiring(before.stages[0]!.clocks[0]!, MONDAY, answer.dueAt, shippedCalendar('geneva'), 0)!;
    const [change] = moved(after, [warnedOnce]);
    expect(change).toMatchObject({ change: 'carried', as: { level: 0 } });
    const next = change?.change === 'carried' ? change.nextFireAt : undefined;
    expect(next! > warned.at).toBe(true);
    const warnedTwice = moved(after, [{ ...answer, level: 2 }])[0];
    expect(warnedTwice).toMatchObject({ as: { level: 1 }, nextFireAt: answer.dueAt });
    expect(moved(after, [{ ...answer, level: 3 }])[0]).toMatchObject({ as: { level: 2 } });
  });

  it('are no longer needed when the new version does not know them, and begin when it adds them', () => {
    const after = version(['version: 1', 'version: 2'], [' answer:', ' reply:']);
    expect(moved(after, [answer])).toMatchObject([
      { change: 'finished', state: 'cancelled', open: answer },
      { change: 'started', clock: 'reply', startedAt: WEDNESDAY },
    ]);
    const overdue = { ...answer, dueAt: new Date('2026-11-03T22:59:59.999Z') };
    expect(moved(after, [overdue])[0]).toMatchObject({ change: 'finished', state: 'missed_met' });
    expect(moved(after, [answer], 'open', 'clocks: { answer: reply }')).toMatchObject([
      { change: 'carried', as: { clock: 'reply', dueAt: answer.dueAt } },
    ]);
  });

  it('that begin anew keep count of the time they were given, under whatever name', () => {
    const after = version(['version: 1', 'version: 2'], [' answer:', ' reply:']);
    const given = new Map([
      ['answer', 2],
      ['gone', 1],
    ]);
    expect(moved(before, [], 'open', SAME_CODES, ['whole'], given)).toMatchObject([{ change: 'started', clock: 'answer', extensions: 2 }]);
    expect(moved(after, [], 'open', 'clocks: { answer: reply }', ['whole'], given)).toMatchObject([{ clock: 'reply', extensions: 2 }]);
    expect(moved(after, [], 'open', SAME_CODES, ['whole'], given)).toMatchObject([{ clock: 'reply', extensions: 0 }]);
    expect(moved(before, [{ ...answer, extensions: 1 }])).toMatchObject([{ change: 'carried', as: { extensions: 1 } }]);
  });

  it('across stages begin only where the track never had them', () => {
    expect(moved(before, [answer], 'open', SAME_CODES, ['whole'])).toHaveLength(1);
    expect(moved(before, [answer], 'open', SAME_CODES, [])).toMatchObject([{ change: 'carried' }, { change: 'started', clock: 'whole' }]);
  });

  it('across stages wait where the new version has them wait, and no longer where it does not', () => {
    const after = version(['version: 1', 'version: 2'], ['    pausesIn: waiting\n', '']);
    const waiting = { ...whole, state: 'paused' as const, remainingMs: 3_600_000 * 24 * 60, stage: 'open' };
    const patience = { ...answer, id: 'patience', clock: 'patience', stage: 'waiting', calendar: 'gulf' };
    expect(moved(after, [patience, waiting], 'waiting').map(({ change }) => change)).toEqual(['carried', 'carried', 'resumed']);
    expect(moved(before, [patience, whole], 'waiting').map(({ change }) => change)).toEqual(['carried', 'carried', 'paused']);
  });

  it('that wait for a stage go on when the move leads there, and a pause with an end keeps it', () => {
    const paused = { ...answer, state: 'paused' as const, remainingMs: 3_600_000 * 24 * 3 };
    const patience = { ...answer, id: 'patience', clock: 'patience', stage: 'waiting', calendar: 'gulf' };
    expect(moved(before, [paused, patience], 'waiting').map(({ change }) => change)).toEqual(['carried', 'carried']);
    const merged = 'stages: { waiting: open }\nclocks: { patience: none }';
    expect(moved(before, [paused, patience], 'waiting', merged).map(({ change }) => change)).toEqual(['carried', 'resumed', 'finished']);
    const held = { ...paused, pausedUntil: new Date('2027-01-04T11:00:00Z') };
    expect(moved(before, [held], 'open')).toMatchObject([{ change: 'carried', as: held }]);
  });

  it('keep the days that are left when the new version counts in others', () => {
    const after = version(['version: 1', 'version: 2'], ['within: 5 working_days', 'within: 9 calendar_days']);
    const held = { ...answer, state: 'paused' as const, remainingMs: 3_600_000 * 24 * 4, pausedUntil: new Date('2027-01-04T11:00:00Z') };
    // Four worked days from Wednesday on end on Monday: six days of the week.
    expect(moved(after, [held])).toMatchObject([{ change: 'carried', as: { remainingMs: 3_600_000 * 24 * 6 } }]);
  });

  it.each(shippedProcedures())('are as before when the rules of %s are the same, wherever the track stands', (code) => {
    const same = shippedProcedure(code);
    const parsed = parseMapping(SAME_CODES, 'none', same, same);
    if (!parsed.ok) throw new Error('the same codes are no mapping');
    const roles = ['officer', 'supervisor', 'director'] as const;
    const step = fc.record({ role: fc.constantFrom(...roles), choice: fc.nat({ max: 50 }), hours: fc.nat({ max: 400 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const track = new WalkedTrack(same, calendars, MONDAY);
        track.assign(true);
        for (const { role, choice, hours } of steps) {
          const actor = { role, onTeam: true, staffId: role };
          const allowed = track.allowed(actor, false);
          const chosen = allowed[choice % Math.max(1, allowed.length)];
          if (chosen) track.act(actor, chosen);
          track.wait(hours);
        }
        const open = track.clocks;
        const hadClocks = new Set([...open.map(({ clock }) => clock), ...same.clocks.map((clock) => clock.code)]);
        const changes = movedClocks(
          { before: same, after: same, mapping: parsed.mapping, stage: track.stage, hadClocks, given: new Map() },
          open,
          track.now,
          calendars,
        );
        expect(changes.map((change) => change.change === 'carried' && change.as)).toEqual(open);
      }),
      { numRuns: 30 },
    );
  });
});
