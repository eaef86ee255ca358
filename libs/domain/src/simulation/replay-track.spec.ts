import { fullProcedure, shippedCalendar } from '../../test-support/documents';
import type { Procedure } from '../procedures/procedure';
import { compareReplays, isExplainedBy, SimulationTally } from './compare-replays';
import { recordedTrack } from './recorded-track';
import { replayTrack } from './replay-track';
import type { RecordedEvent } from './recorded-case';
import { readHistory } from './track-history';

const calendars = new Map(['geneva', 'gulf'].map((code) => [code, shippedCalendar(code)]));
/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const NOW = new Date('2026-06-01T12:00:00Z');
const at = (days: number) => new Date(MONDAY.getTime() + days * 24 * 3_600_000);

function event(type: string, day: number, payload: Record<string, unknown> = {}, over: Partial<RecordedEvent> = {}): RecordedEvent {
  return { type, payload, trackId: 't', actorKind: 'staff', actorId: 'officer', occurredAt: at(day), ...over };
}
const opened = event('case_opened', 0, { stage: 'open' }, { actorKind: 'system' });
const acted = (action: string, day: number, from: string, to: string, over: Record<string, unknown> = {}, by = 'officer') =>
  event('action_performed', day, { action, from, to, ...over }, { actorId: by });
const wrote = (day: number) => event('message_received', day, {}, { trackId: null, actorKind: 'complainant', actorId: null });

function replayed(events: readonly RecordedEvent[], procedure: Procedure = fullProcedure(), own: Procedure = fullProcedure()) {
  const roles = new Map([
    ['officer', 'officer'],
    ['supervisor', 'supervisor'],
    ['director', 'director'],
  ] as const);
  const recorded = { events, procedures: new Map([['t', own]]), roles };
  const history = readHistory(recorded, 't');
  if (!history) throw new Error('no history');
  return { replay: replayTrack(history, { procedure, calendars }, { at: NOW }), record: recordedTrack(recorded, 't') };
}

/** The full procedure, changed as JSON. */
function changed(change: (text: string) => string): Procedure {
  const before = JSON.stringify(fullProcedure());
  const after = change(before);
  if (after === before) throw new Error('nothing was changed');
  return JSON.parse(after) as Procedure;
}

describe('a record', () => {
  it('tells that a clock was missed before it was given more time, also where it says that it was met or not needed', () => {
    const clock = { deadlineId: 'd', clock: 'answer', stage: 'open' };
    const state = (extendedOn: number, end: string) => {
      const { record } = replayed([
        opened,
        event('clock_started', 0, { ...clock, dueAt: at(7).toISOString() }),
        event('clock_extended', extendedOn, { ...clock, from: at(7).toISOString(), dueAt: at(20).toISOString(), extensions: 1 }),
        event(end, 15, { ...clock, ...(end === 'clock_met' && { late: false }) }),
      ]);
      return record?.clocks[0]?.state;
    };
    expect([state(8, 'clock_met'), state(8, 'clock_cancelled')]).toEqual(['missed_met', 'missed_met']);
    expect([state(6, 'clock_met'), state(6, 'clock_cancelled')]).toEqual(['met', 'cancelled']);
    expect(state(8, 'clock_paused')).toBe('paused');
  });
});

describe('replaying a track', () => {
  it('lets the software come after the end of the clock that it acts on, which does not wait any more then', () => {
    const moving = changed((text) =>
      text
        .replace(
          '"from":["waiting"],"to":"open","roles":["system"],"trigger":"clock_ran_out","onClock":"patience"',
          '"from":["open"],"to":"waiting","roles":["system"],"trigger":"clock_ran_out","onClock":"whole"',
        )
        .replace('"within":{"amount":3,"unit":"months"}', '"within":{"amount":1,"unit":"months"}'),
    );
    const { replay } = replayed([opened], moving);
    expect(replay.taken.map(({ action }) => action)).toEqual(['nobody_answered']);
    const whole = replay.clocks.find(({ clock }) => clock === 'whole');
    expect([whole?.state, whole?.firings.map(({ kind }) => kind)]).toEqual(['running', ['due', 'escalation']]);
  });

  it('follows what people did, and lets the software and the clocks do their own', () => {
    const { replay } = replayed(
      [
        opened,
        acted('ask', 1, 'open', 'waiting'),
        wrote(3),
        acted('answered', 3.5, 'waiting', 'open', {}),
        acted('give_up', 4, 'open', 'finished', { outcome: 'dropped' }, 'supervisor'),
      ].map((one) => (one.payload['action'] === 'answered' ? { ...one, actorKind: 'system', actorId: null } : one)),
    );
    expect(replay.stop).toBeUndefined();
    expect(replay.taken.map(({ action, by, at: when }) => [action, by, when])).toEqual([
      ['ask', 'staff', at(1)],
      ['answered', 'system', at(3.5)],
      ['give_up', 'staff', at(4)],
    ]);
    expect(replay).toMatchObject({ stage: 'finished', closedAt: at(4), outcome: 'dropped' });
    expect(replay.clocks.map(({ clock, state }) => [clock, state])).toEqual([
      ['whole', 'met'],
      ['answer', 'met'],
      ['patience', 'met'],
    ]);
  });

  it('counts every warning, end and rung of a clock that nobody minds, and what the software does at its end', () => {
    const { replay } = replayed([opened, acted('ask', 1, 'open', 'waiting')]);
    expect(replay.taken.map(({ action }) => action)).toEqual(['ask', 'nobody_answered']);
    const answer = replay.clocks.find(({ clock }) => clock === 'answer');
    expect(answer?.firings.slice(0, 5)).toEqual([
      { kind: 'warning', number: 1 },
      { kind: 'warning', number: 2 },
      { kind: 'due', number: 1 },
      { kind: 'escalation', number: 1 },
      { kind: 'escalation', number: 2 },
    ]);
    expect(answer?.firings.at(-1)).toMatchObject({ kind: 'repetition' });
    expect(answer?.firings.filter(({ kind }) => kind === 'repetition').map(({ number }) => number)).toEqual(
      answer?.firings.slice(5).map((_, index) => index + 1),
    );
  });

  it('is as late as the software was, so that a day begins where it began', () => {
    const events: readonly RecordedEvent[] = [
      opened,
      acted('ask', 1, 'open', 'waiting'),
      event(
        'clock_ran_out',
        31.9,
        { clock: 'patience', deadlineId: 'p', level: 0, dueAt: '2026-04-02T20:59:59.999Z' },
        { actorKind: 'system' },
      ),
      { ...acted('nobody_answered', 33, 'waiting', 'open'), actorKind: 'system', actorId: null },
    ];
    const { replay } = replayed(events);
    const patience = replay.clocks.find(({ clock }) => clock === 'patience');
    expect(patience?.dueAt.toISOString()).toBe('2026-04-02T20:59:59.999Z');
    expect(replay.taken[1]).toMatchObject({ action: 'nobody_answered', at: at(33) });
  });

  it('lets the software do nothing about a clock whose end it did not notice before the track was closed, or the clock given more time', () => {
    const clock = { deadlineId: 'p', clock: 'patience', stage: 'waiting' };
    const due = '2026-04-02T20:59:59.999Z';
    const waiting = [
      opened,
      acted('ask', 1, 'open', 'waiting'),
      event('clock_started', 1, { ...clock, dueAt: due }, { actorKind: 'system' }),
    ] as const;
    // By the same rules, but for a button with which people close from there.
    const closing = changed((text) => text.replace(/("code":"give_up".*?"from":\[)/, '$1"waiting",'));
    const closed = [
      acted('give_up', 33, 'waiting', 'finished', { outcome: 'dropped' }, 'supervisor'),
      event('clock_met', 33, { ...clock, late: true }),
    ];
    const away = replayed([...waiting, ...closed], closing, closing);
    expect(away.replay.taken.map(({ action }) => action)).toEqual(['ask', 'give_up']);
    expect(away.record && isExplainedBy(away.record, away.replay)).toBe(true);
    // Told in time, it would have acted; and what it noticed a day late, it does a day late.
    const noticed = (day: number) =>
      event('clock_ran_out', day, { ...clock, level: 0, dueAt: due }, { actorKind: 'system', actorId: null });
    const { replay } = replayed([...waiting, noticed(32.9)], closing, closing);
    expect(replay.taken[1]).toMatchObject({ action: 'nobody_answered', at: at(32.9) });
    const longer = event('clock_extended', 33, { ...clock, from: due, dueAt: at(60).toISOString(), extensions: 1 });
    expect(replayed([...waiting, longer], closing, closing).replay.taken.map(({ action }) => action)).toEqual(['ask']);
  });

  it('lets the software act once on each message, when it did', () => {
    const listening = changed((text) =>
      text.replace(/("code":"note".*?"roles":)\["officer"\]/, '$1["system"],"trigger":"complainant_wrote"'),
    );
    const noted = (day: number) => ({ ...acted('note', day, 'open', 'open'), actorKind: 'system', actorId: null }) as const;
    const times = (...events: readonly RecordedEvent[]) =>
      replayed([opened, ...events], listening, listening).replay.taken.map(
        (step) => (step.at.getTime() - MONDAY.getTime()) / (24 * 3_600_000),
      );
    // It was away, and took both afterwards.
    expect(times(wrote(1), wrote(2), noted(3), noted(4))).toEqual([3, 4]);
    // In the very moment, and again later.
    const [first, heard] = [wrote(1), noted(1)];
    expect(times(first, { ...heard, occurredAt: first.occurredAt }, wrote(2), noted(3))).toEqual([1, 3]);
  });

  it('stops at what the rules refuse, says in which stage and why, and tells nothing of what came after', () => {
    const later = acted('give_up', 9, 'open', 'finished', { outcome: 'dropped' }, 'supervisor');
    const noNote = changed((text) => text.replaceAll('"code":"note"', '"code":"remark"'));
    const { replay } = replayed([opened, acted('note', 2, 'open', 'open'), later], noNote);
    expect(replay.stop).toEqual({ at: at(2), action: 'note', stage: 'open', reason: { code: 'unknown_action' }, items: 0 });
    expect(replay.taken).toEqual([]);
    const needsConsent = changed((text) =>
      text.replace('"code":"give_up"', '"code":"give_up"').replace(/("code":"give_up".*?"guards":)\[\]/, '$1["company_named"]'),
    );
    expect(replayed([opened, later], needsConsent).replay.stop).toMatchObject({
      action: 'give_up',
      reason: { code: 'guard_failed', guard: 'company_named', guards: ['company_named'] },
    });
  });

  it('stops where what was chosen cannot be chosen, and takes the only outcome there is', () => {
    const note = acted('note', 2, 'open', 'open', { inputs: { way: 'visit' } });
    const noVisit = changed((text) => text.replace('"code":"visit"', '"code":"call"'));
    expect(replayed([opened, note], noVisit).replay.stop?.reason).toEqual({ code: 'choice_not_offered', input: 'way', choice: 'visit' });
    const done = changed((text) => text.replace('"outcomes":["dropped"]', '"outcomes":["done"]'));
    const gaveUp = acted('give_up', 2, 'open', 'finished', { outcome: 'dropped' }, 'supervisor');
    const { replay, record } = replayed([opened, gaveUp], done);
    expect(replay).toMatchObject({ closedAt: at(2), outcome: 'done' });
    expect(compareReplays(record!, replay)).toEqual([
      {
        kind: 'ending',
        before: { stage: 'finished', closedAt: at(2), outcome: 'dropped' },
        after: { stage: 'finished', closedAt: at(2), outcome: 'done' },
      },
    ]);
  });

  const request = { approvalId: 'a', action: 'finish' };
  const prepared = [opened, acted('note', 1, 'open', 'open', { inputs: { company: 'c' }, establishes: ['consent_to_notify_company'] })];
  const asked = event('approval_requested', 2, { ...request, stage: 'open' }, { actorId: 'supervisor' });
  const agreed = [
    event('approval_given', 3, { ...request, requestedBy: 'supervisor' }, { actorId: 'director' }),
    acted('finish', 3, 'open', 'finished', { outcome: 'done', approvalId: 'a' }, 'supervisor'),
  ];

  it('waits for the second person, acts at once where none is asked for, and takes one as agreed where nobody was asked then', () => {
    expect(replayed([...prepared, asked, ...agreed]).replay).toMatchObject({ closedAt: at(3), outcome: 'done' });
    const alone = changed((text) => text.replace(/,"approval":\{.*?\}\}/, ''));
    expect(replayed([...prepared, asked, ...agreed], alone).replay).toMatchObject({ closedAt: at(2), outcome: 'done' });
    const unasked = replayed(
      [...prepared, { ...agreed[1]!, payload: { action: 'finish', from: 'open', to: 'finished', outcome: 'done' } }],
      fullProcedure(),
      alone,
    );
    expect(unasked.replay).toMatchObject({ closedAt: at(3) });
    expect([...unasked.replay.assumptions]).toEqual(['second_person_agreed']);
  });

  it('knows nothing of an outcome that stayed sealed, and moves nothing when the second person declined', () => {
    const declined = event('approval_declined', 3, { ...request, requestedBy: 'supervisor' }, { actorId: 'director' });
    expect(replayed([...prepared, asked, declined]).replay).toMatchObject({ stage: 'open', taken: [{ action: 'note' }] });
    const alone = changed((text) => text.replace(/,"approval":\{.*?\}\}/, ''));
    const { replay } = replayed([...prepared, asked, declined], alone);
    expect(replay).toMatchObject({ closedAt: at(2) });
    expect(replay.outcome).toBeUndefined();
    expect([...replay.assumptions]).toEqual(['outcome_unknown']);
  });

  it('says which clocks run out under one set of rules only', () => {
    const events = [opened, acted('give_up', 5, 'open', 'finished', { outcome: 'dropped' }, 'supervisor')];
    const shorter = changed((text) => text.replace('"code":"answer","within":{"amount":5', '"code":"answer","within":{"amount":2'));
    const before = replayed(events).replay;
    const after = replayed(events, shorter).replay;
    expect(compareReplays(before, before)).toEqual([]);
    expect(compareReplays(before, after)).toMatchObject([
      { kind: 'clock', clock: 'answer', before: { ranOut: false }, after: { ranOut: true, dueAt: new Date('2026-03-04T22:59:59.999Z') } },
    ]);
  });
});

describe('an action for whoever took no part', () => {
  /** The full procedure, with these actions for those alone. */
  const guarded = (...codes: readonly string[]): Procedure => {
    const full = fullProcedure();
    return {
      ...full,
      actions: full.actions.map((action) =>
        codes.includes(action.code) ? { ...action, guards: [...action.guards, 'took_no_part'] } : action,
      ),
    };
  };
  const other = (type: string, by: string | null, day = 0, trackId = 'p') =>
    event(type, day, { action: 'look', from: 'a', to: 'b' }, { trackId, actorId: by, actorKind: by === null ? 'system' : 'staff' });
  const opens = event('sub_track_opened', 0, { subTrackId: 't' }, { trackId: 'p', actorKind: 'system', actorId: null });
  const refused = { code: 'guard_failed', guard: 'took_no_part', guards: ['took_no_part'] };
  const asks = (...before: readonly RecordedEvent[]) =>
    replayed([...before, opened, acted('ask', 1, 'open', 'waiting')], guarded('ask')).replay;

  it.each(['action_performed', 'approval_requested', 'approval_given'])(
    'is refused to who did on the track that opened this one: %s',
    (type) => {
      const { stop, stage } = asks(other(type, 'officer'), opens);
      expect([stop, stage]).toEqual([{ at: at(1), action: 'ask', stage: 'open', reason: refused, items: 1 }, 'open']);
    },
  );

  it('is not refused for what others did, the software, somebody who only declined, or anybody on another track', () => {
    const declined = other('approval_declined', 'officer');
    const elsewhere = other('action_performed', 'officer', 0, 'q');
    const { stop, taken } = asks(other('action_performed', 'director'), other('action_performed', null), declined, elsewhere, opens);
    expect([stop, taken[0]?.action]).toEqual([undefined, 'ask']);
  });

  it('is refused to nobody on a track that no other one opened', () => {
    expect(asks(other('action_performed', 'officer')).stop).toBeUndefined();
  });

  it('is refused from the moment on at which somebody takes part', () => {
    const events = (day: number) =>
      [opens, opened, acted('ask', 1, 'open', 'waiting', {}, 'supervisor'), other('action_performed', 'supervisor', day)] as const;
    expect(replayed(events(2), guarded('ask')).replay.stop).toBeUndefined();
    const [opening, begun, ask, part] = events(0.5);
    expect(replayed([opening, begun, part, ask], guarded('ask')).replay.stop?.reason).toEqual(refused);
  });

  it('is counted apart from other conditions', () => {
    const tally = new SimulationTally();
    const { replay } = replayed([opens, opened, acted('ask', 1, 'open', 'waiting')]);
    const after = asks(other('action_performed', 'officer'), opens);
    tally.take({ before: replay, after, differences: [] });
    expect(tally.result().stops).toEqual([{ action: 'ask', stage: 'open', code: 'guard_failed', guards: ['took_no_part'], count: 1 }]);
  });
});
