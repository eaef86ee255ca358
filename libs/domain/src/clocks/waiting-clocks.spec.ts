import { fullProcedure, fullProcedureWith, shippedCalendar, shippedProcedure } from '../../test-support/documents';
import { WalkedTrack } from '../../test-support/walked-track';
import type { Procedure } from '../procedures/procedure';
import type { Calendars } from './clock-change';

const calendars: Calendars = new Map(['geneva', 'gulf'].map((code) => [code, shippedCalendar(code)]));
const MONDAY = new Date('2026-11-02T11:00:00Z');
const DAY = 86_400_000;

function track(procedure: Procedure): WalkedTrack {
  return new WalkedTrack(procedure, calendars, MONDAY);
}

describe('a clock that a court has paused, when the complainant is asked besides', () => {
  const inScreening = (): WalkedTrack => {
    const walked = track(shippedProcedure('remedy'));
    for (const code of ['acknowledge', 'begin_screening', 'take_more_time', 'take_more_time', 'pause_for_other_proceedings'])
      walked.take(code);
    return walked;
  };

  it('is neither cancelled nor begun anew: it stays paused, with the time and the extensions that it had', () => {
    const walked = inScreening();
    const before = walked.clock('decide_admissibility');
    expect(before).toMatchObject({ state: 'paused', extensions: 2, pausedUntil: new Date('2027-05-03T21:59:59.999Z') });
    walked.take('ask_for_information');
    expect(walked.clock('decide_admissibility')).toEqual(before);
    walked.waitUntil('2026-11-20T11:00:00Z');
    walked.complainantWrites();
    expect(walked.stage).toBe('screening');
    expect(walked.clock('decide_admissibility')).toEqual(before);
    walked.take('continue_after_pause');
    expect(walked.clock('decide_admissibility')).toMatchObject({ state: 'running', extensions: 2, startedAt: before.startedAt });
    expect(walked.refusal('take_more_time')).toBe('no_extension_left');
  });

  it('waits on for the answer when the court has decided, and goes on with what remained when the answer comes', () => {
    const walked = inScreening();
    const { remainingMs, dueAt } = walked.clock('decide_admissibility');
    walked.take('ask_for_information');
    walked.waitUntil('2027-06-07T11:00:00Z');
    const { pausedUntil, ...waiting } = walked.clock('decide_admissibility');
    expect({ pausedUntil, waiting }).toMatchObject({ pausedUntil: undefined, waiting: { state: 'paused', remainingMs, dueAt } });
    walked.take('continue_without_answer');
    expect(walked.clock('decide_admissibility')).toMatchObject({ state: 'running', extensions: 2 });
    expect(walked.clock('decide_admissibility').dueAt > dueAt).toBe(true);
  });
});

describe('one wait within another', () => {
  const HELD = `  held:
    staffName: { en: Held, ar: معلّق }
    publicName: { en: Held, ar: معلّق }
    publicMeaning: { en: Held, ar: معلّق }
    publicNext: { en: Held, ar: معلّق }
    clocks:
      holding:
        name: { en: Hold, ar: تعليق }
        within: 30 calendar_days
        ladder: [{ after: 5 working_days, tell: director }]
  finished:
    end: true`;
  const ACTIONS = `  set_aside:
    name: { en: Set aside, ar: نحِّ }
    from: waiting
    to: held
    roles: officer
    clocks: pause
    message: required
  take_up:
    name: { en: Take up, ar: تناول }
    from: held
    to: waiting
    roles: officer
    clocks: resume
  send_back:
    name: { en: Send back, ar: أعد }
    from: waiting
    to: open
    roles: officer
  finish:
`;
  const nested = fullProcedureWith(['  finished:\n    end: true', HELD], ['  finish:\n', ACTIONS]);

  it('keeps the clocks of both stages: what was left is neither more nor less afterwards', () => {
    const walked = track(nested);
    walked.waitUntil('2026-11-06T11:00:00Z');
    const { dueAt } = walked.clock('answer');
    for (const code of ['ask', 'set_aside', 'take_up', 'go_on']) walked.take(code);
    expect(walked.clock('answer')).toMatchObject({ state: 'running', dueAt, startedAt: MONDAY });
    expect(walked.clocks.map(({ clock }) => clock).sort()).toEqual(['answer', 'whole']);
  });

  it('keeps them all while it lasts', () => {
    const walked = track(nested);
    for (const code of ['ask', 'set_aside']) walked.take(code);
    expect(walked.clocks.map(({ clock, state }) => `${clock} ${state}`).sort()).toEqual([
      'answer paused',
      'holding running',
      'patience paused',
      'whole running',
    ]);
  });

  it('loses nothing either when the way back says nothing of clocks', () => {
    const walked = track(nested);
    const { dueAt } = walked.clock('answer');
    for (const code of ['ask', 'send_back']) walked.take(code);
    expect(walked.clock('answer')).toMatchObject({ state: 'running', dueAt, startedAt: MONDAY });
  });

  it('ends what nobody can come back to', () => {
    const walked = track(nested);
    for (const code of ['ask', 'set_aside', 'take_up', 'give_up']) walked.take(code);
    expect(walked.clocks).toEqual([]);
  });
});

describe('time runs where the document says that the clock waits', () => {
  const whole = '    startsOn: track_opened\n    pausesIn: waiting\n';

  it('not when an action starts it and leads to where it waits', () => {
    const walked = track(
      fullProcedureWith(
        [whole, '    startsOn: ask\n    pausesIn: waiting\n'],
        ['whole: { extend: 1 month, times: 2 }', 'feedback: { extend: 1 month, times: 2 }'],
      ),
    );
    walked.take('ask');
    const clock = walked.clock('whole');
    expect(clock).toMatchObject({ state: 'paused', startedAt: MONDAY });
    walked.take('go_on');
    expect(walked.clock('whole')).toMatchObject({ state: 'running', dueAt: clock.dueAt });
  });

  it('not when the track begins where it waits, or where it stops', () => {
    expect(track(fullProcedureWith([whole, '    startsOn: track_opened\n    pausesIn: open\n'])).clock('whole')).toMatchObject({
      state: 'paused',
    });
    const stopped = fullProcedureWith(
      [whole, '    startsOn: track_opened\n    stopsIn: open\n'],
      ['whole: { extend: 1 month, times: 2 }', 'feedback: { extend: 1 month, times: 2 }'],
    );
    expect(track(stopped).clocks.map(({ clock }) => clock)).toEqual(['answer']);
  });

  const held = fullProcedureWith(
    ['answer: { pause: 2 months }', 'whole: { pause: 1 week }'],
    ['changesClocks: { answer: resume }', 'changesClocks: { whole: resume }'],
    [
      '    from: open\n    to: same\n    roles: officer\n    changesClocks: { whole',
      '    from: [open, waiting]\n    to: same\n    roles: officer\n    changesClocks: { whole',
    ],
  );

  it('not when a pause with an end is over there', () => {
    const walked = track(held);
    for (const code of ['hold', 'ask']) walked.take(code);
    expect(walked.clock('whole')).toMatchObject({ state: 'paused', pausedUntil: new Date('2026-11-09T22:59:59.999Z') });
    walked.waitUntil('2026-11-11T11:00:00Z');
    expect(walked.clock('whole')).toMatchObject({ state: 'paused' });
    expect(walked.clock('whole').pausedUntil).toBeUndefined();
    walked.take('go_on');
    expect(walked.clock('whole')).toMatchObject({ state: 'running', dueAt: new Date('2027-02-11T22:59:59.999Z') });
  });

  it('not when somebody lets it go on there: it waits on, and nobody can let go on what only its stage makes wait', () => {
    const walked = track(held);
    for (const code of ['hold', 'ask', 'release']) walked.take(code);
    expect(walked.clock('whole')).toMatchObject({ state: 'paused' });
    expect(walked.clock('whole').pausedUntil).toBeUndefined();
    expect(walked.refusal('release')).toBe('clock_not_paused');
    walked.take('go_on');
    expect(walked.clock('whole').state).toBe('running');
  });

  it('not when the way there gives it more time or starts it again', () => {
    const asks = '    clocks: pause\n    message: required\n';
    const longer = fullProcedureWith([asks, `${asks}    reason: required\n    changesClocks: { whole: { extend: 1 month, times: 2 } }\n`]);
    const walked = track(longer);
    walked.take('ask');
    expect(walked.clock('whole')).toMatchObject({ state: 'paused', extensions: 1, dueAt: new Date('2027-03-02T22:59:59.999Z') });
    const again = track(fullProcedureWith([asks, `${asks}    reason: required\n    changesClocks: { whole: restart }\n`]));
    again.waitUntil('2026-11-04T11:00:00Z');
    again.take('ask');
    expect(again.clock('whole')).toMatchObject({ state: 'paused', startedAt: new Date('2026-11-04T11:00:00Z') });
  });

  it('and where the track only passes on from one stage to the next, a pause with an end stays', () => {
    const walked = track(fullProcedure());
    walked.take('hold');
    const { remainingMs } = walked.clock('answer');
    expect(remainingMs).toBe(6 * DAY);
    walked.take('ask');
    walked.take('go_on');
    expect(walked.clock('answer')).toMatchObject({ state: 'paused', remainingMs, pausedUntil: new Date('2027-01-04T22:59:59.999Z') });
  });
});

describe('more time', () => {
  const again = '    changesClocks: { answer: restart }';

  it('is counted for a new start as for an extension: it is not a way to have more of them', () => {
    const walked = track(fullProcedure());
    walked.take('appeal');
    expect(walked.clock('answer')).toMatchObject({ state: 'running', extensions: 1 });
    expect(walked.refusal('appeal')).toBe('no_extension_left');
  });

  it('can be given by a new start as often as the document says', () => {
    const walked = track(fullProcedureWith([again, '    changesClocks: { answer: { restart: true, times: 2 } }']));
    for (const code of ['appeal', 'appeal']) walked.take(code);
    expect(walked.clock('answer').extensions).toBe(2);
    expect(walked.refusal('appeal')).toBe('no_extension_left');
  });

  it('is not there anew when somebody moves to and fro', () => {
    const toAndFro = fullProcedureWith(['    clocks: pause\n', ''], ['    clocks: resume\n', '']);
    const walked = track(toAndFro);
    for (const code of ['appeal', 'ask']) walked.take(code);
    expect(walked.clocks.map(({ clock }) => clock)).not.toContain('answer');
    walked.take('go_on');
    expect(walked.clock('answer')).toMatchObject({ startedAt: MONDAY, extensions: 1 });
    expect(walked.refusal('appeal')).toBe('no_extension_left');
  });
});
