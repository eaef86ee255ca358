import fc from 'fast-check';
import { shippedProcedure, shippedProcedures } from '../../test-support/documents';
import { stepsOf, take, WALK_CALENDARS } from '../../test-support/random-walks';
import { WalkedTrack } from '../../test-support/walked-track';
import { hasRunOut } from '../clocks/clock-change';
import { seenAtMoment } from './lateness';
import { parseProcedure } from './parse-procedure';
import type { Procedure } from './procedure';
import { decideAt, type Standing } from './standing';
import { exploreTrack } from './track-space';
import type { StaffRole } from './vocabulary';
import { WaysOut, type OpenStanding } from './way-out';

/** What can be done where a track stands, and why the rest cannot: what the proof must have seen. */
function possibilities(procedure: Procedure, standing: Standing): string {
  return procedure.actions
    .filter(({ from }) => from.includes(standing.stage))
    .map((action) => {
      const decision = decideAt(procedure, standing, action);
      return `${action.code} ${'ok' in decision ? 'yes' : decision.code}`;
    })
    .join(', ');
}

describe('exploring a track', () => {
  it.each(shippedProcedures())('%s: sees whatever a walk in random order comes to, however late its clocks are', (code) => {
    const procedure = shippedProcedure(code);
    const space = exploreTrack(procedure);
    expect(space.isWhole).toBe(true);
    const seen = new Set(space.standings.map((standing) => possibilities(procedure, standing)));
    const walk = fc.property(stepsOf(40, 40), (sequence) => {
      let track = new WalkedTrack(procedure, WALK_CALENDARS, new Date('2026-01-15T10:00:00Z'));
      for (const step of sequence) {
        take(track, step);
        const { stage, standing, now } = track;
        const clocks = standing.clocks.map((clock) => seenAtMoment(clock, hasRunOut(clock, now)));
        const here = possibilities(procedure, { ...standing, clocks });
        if (!seen.has(here)) throw new Error(`in ${stage}, after ${track.taken.join(', ')}: ${here}`);
        if (track.isClosed) track = new WalkedTrack(procedure, WALK_CALENDARS, now);
      }
    });
    fc.assert(walk, { numRuns: 40 });
  });
});

const STAGE = (code: string) => `  ${code}:
    staffName: { en: In ${code} }
    publicName: { en: In ${code} }
    publicMeaning: { en: In ${code} }
    publicNext: { en: In ${code} }
    clocks: { c${code}: { name: { en: C ${code} }, within: 5 working_days, ladder: [{ after: 1 working_day, tell: director }] } }
`;

/** Two stages, and a clock across them that waits in the second. */
function procedureWith(actions: string): Procedure {
  const parsed = parseProcedure(
    `procedure: p
version: 1
title: { en: P }
languages: [en]
calendar: geneva
initial: a
facts: { f: { en: F holds } }
clocks:
  x: { name: { en: X }, within: 3 months, startsOn: track_opened, pausesIn: b, ladder: [{ after: 1 working_day, tell: director }] }
outcomes: { done: { staffName: { en: Done }, publicName: { en: Done } } }
stages:
${STAGE('a')}${STAGE('b')}  closed:
    end: true
    staffName: { en: Closed }
    publicName: { en: Closed }
    publicMeaning: { en: Closed }
    publicNext: { en: Closed }
actions:
  go: { name: { en: Go }, from: a, to: b, roles: officer }
  back: { name: { en: Back }, from: b, to: a, roles: officer }
${actions}`,
    'p.yaml',
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.procedure;
}

describe('time that passes', () => {
  const more = (from: string) =>
    `  more: { name: { en: More }, from: ${from}, to: same, roles: officer, establishes: f, reason: required, message: required, changesClocks: { x: { extend: 1 month, times: 3 } } }\n`;
  const close = '  close: { name: { en: Close }, from: [a, b], to: closed, roles: officer, outcomes: done }\n';

  it('makes possible what can be done only while a clock is late: where it would wait, it runs on', () => {
    const procedure = procedureWith(more('b') + close);
    expect(exploreTrack(procedure).steps.some(({ action }) => action?.code === 'more')).toBe(true);
  });

  it('is not looked at where it changes nothing', () => {
    const lateOnes = (procedure: Procedure) => exploreTrack(procedure).steps.filter(({ ranOut }) => ranOut !== undefined).length;
    expect(lateOnes(procedureWith(more('a') + close))).toBe(0);
    expect(lateOnes(procedureWith(more('b') + close))).toBeGreaterThan(0);
  });
});

describe('ways out', () => {
  const HOLD =
    '  hold: { name: { en: Hold }, from: a, to: same, roles: officer, establishes: f, reason: required, changesClocks: { x: { pause: 5 calendar_days } } }\n' +
    '  go_on: { name: { en: Go on }, from: a, to: same, roles: officer, reason: required, changesClocks: { x: resume } }\n';
  const MORE =
    '  more: { name: { en: More }, from: a, to: same, roles: officer, reason: required, message: required, changesClocks: { x: { extend: 1 month, times: 2 } } }\n';
  const CLOSE = '  close: { name: { en: Close }, from: a, to: closed, roles: officer, guards: f, outcomes: done }\n';
  // An older release published such a procedure: without the way out that proves it right today.
  const right = procedureWith(
    `${HOLD}${MORE}${CLOSE}  drop: { name: { en: Drop }, from: a, to: closed, roles: director, outcomes: done }\n`,
  );
  const procedure = { ...right, actions: right.actions.filter(({ code }) => code !== 'drop') };
  const now = new Date('2026-03-02T10:00:00Z');
  const officers = new Set(['officer'] as const);

  function standing(x: { readonly dueAt: string; readonly extensions: number }, given: number): OpenStanding {
    const startedAt = new Date('2026-01-05T10:00:00Z');
    const clock = {
      id: '1',
      clock: 'x',
      stage: 'a',
      calendar: 'geneva',
      calendarVersion: 1,
      startedAt,
      state: 'running',
      level: 0,
    } as const;
    const clocks = [{ ...clock, dueAt: new Date(x.dueAt), extensions: x.extensions }];
    return { stage: 'a', facts: new Set(), companyNamed: false, clocks, given: new Map([['x', given]]) };
  }

  it('knows that the clock has run out, and that more time is left to give', () => {
    expect(new WaysOut(procedure).has(standing({ dueAt: '2026-03-03T10:00:00Z', extensions: 2 }, 2), officers, now)).toBe(true);
    expect(new WaysOut(procedure).has(standing({ dueAt: '2026-03-01T10:00:00Z', extensions: 1 }, 1), officers, now)).toBe(true);
    expect(new WaysOut(procedure).has(standing({ dueAt: '2026-03-01T10:00:00Z', extensions: 2 }, 2), officers, now)).toBe(false);
  });

  it('counts on nobody who is not there, neither to act nor to agree, whoever was asked about before', () => {
    const agreed = procedureWith(
      '  close: { name: { en: Close }, from: [a, b], to: closed, roles: officer, outcomes: done, approval: { roles: [director], within: 3 working_days } }\n',
    );
    const [waysOut, beginning] = [new WaysOut(agreed), standing({ dueAt: '2026-03-03T10:00:00Z', extensions: 0 }, 0)];
    const asked = (...roles: readonly StaffRole[]) => waysOut.has(beginning, new Set(roles), now);
    expect([asked('officer', 'director'), asked('officer'), asked('director'), asked('director', 'officer')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('answers from what it found out before as if it had never been asked', () => {
    const remedy = shippedProcedure('remedy');
    // Closed only with what an earlier stage establishes, so that there are both answers.
    const strict = {
      ...remedy,
      actions: remedy.actions.map((action) => {
        if (action.code === 'record_consent') return { ...action, from: ['acknowledged'] };
        return action.outcomes.length === 0 ? action : { ...action, guards: [...action.guards, 'consent_to_notify_company'] };
      }),
    };
    const waysOut = new WaysOut(strict);
    const answers = new Set<boolean>();
    const walk = fc.property(stepsOf(25, 25), (sequence) => {
      const track = new WalkedTrack(remedy, WALK_CALENDARS, new Date('2026-01-15T10:00:00Z'));
      for (const step of sequence) take(track, step);
      if (track.isClosed) return;
      const here = { given: new Map<string, number>(), ...track.standing };
      const answer = waysOut.has(here, officers, track.now);
      answers.add(answer);
      expect(answer).toBe(new WaysOut(strict).has(here, officers, track.now));
    });
    fc.assert(walk, { numRuns: 25, seed: 1 });
    expect(answers).toEqual(new Set([true, false]));
  });

  it('knows how often clocks that have ended were given more time', () => {
    const renewing = {
      ...procedure,
      clocks: procedure.clocks.map((clock) => ({ ...clock, startsOn: { on: 'action' as const, actions: ['back'] } })),
      actions: procedure.actions
        .filter(({ code }) => code !== 'hold')
        .concat(
          // Only with more time can it be closed, and only so often.
          procedure.actions
            .filter(({ code }) => code === 'more')
            .map((action) => ({ ...action, code: 'more_and_close', establishes: ['f'] })),
        ),
    };
    const ended = (given: number): OpenStanding => ({ ...standing({ dueAt: '2026-03-03T10:00:00Z', extensions: 0 }, given), clocks: [] });
    expect(new WaysOut(renewing).has(ended(1), officers, now)).toBe(true);
    expect(new WaysOut(renewing).has(ended(2), officers, now)).toBe(false);
  });
});
