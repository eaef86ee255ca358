import { fullProcedure, shippedProcedure, smallProcedure } from '../../test-support/documents';
import {
  allRefusals,
  availableActions,
  decide,
  decideApproval,
  SYSTEM_ACTOR,
  triggeredActions,
  type ActionActor,
  type TrackState,
} from './decide';
import { NO_FACTS, type Facts } from './guards';

const small = smallProcedure();
const everything: Facts = { ...NO_FACTS, companyNamed: true, assigned: true, established: new Set(['consent_to_notify_company']) };
const officer: ActionActor = { role: 'officer', staffId: 'a', onTeam: true };
const supervisor: ActionActor = { role: 'supervisor', staffId: 'b', onTeam: true };

function at(stage: string): TrackState {
  return { stage, revision: 3, closed: stage === 'finished' };
}

describe('allRefusals', () => {
  it('has every reason, in the order of what is to be mended', () => {
    const [finish] = small.actions.filter(({ code }) => code === 'finish');
    expect(allRefusals(small, at('open'), NO_FACTS, { ...officer, onTeam: false }, finish!)).toMatchObject([
      { code: 'role_not_allowed' },
      { code: 'not_on_team' },
      { code: 'guard_failed', guard: 'company_named' },
      { code: 'guard_failed', guard: 'consent_to_notify_company' },
    ]);
    expect(allRefusals(small, at('open'), everything, supervisor, finish!)).toEqual([]);
    expect(allRefusals(small, at('waiting'), NO_FACTS, officer, finish!)).toEqual([{ code: 'wrong_stage' }]);
  });

  it('begins with what decide says, and is empty where that allows it', () => {
    const full = fullProcedure();
    const clock = (state: 'running' | 'paused', extensions: number, isOverdue: boolean) =>
      ({ clock: 'answer', stage: 'open', state, extensions, isOverdue, ...(state === 'paused' && { pausedUntil: new Date(0) }) }) as const;
    const clocks = [[], [clock('running', 0, false)], [clock('running', 2, true)], [clock('paused', 0, false)]];
    const waiting = [new Set<string>(), new Set(full.actions.map(({ code }) => code))];
    const situations = [NO_FACTS, everything].flatMap((facts) =>
      clocks.flatMap((some) => waiting.map((awaitingApproval) => ({ ...facts, clocks: some, awaitingApproval }))),
    );
    const actors = [officer, supervisor, { ...officer, onTeam: false }, SYSTEM_ACTOR];
    let severalReasons = 0;
    for (const action of full.actions) {
      for (const stage of ['open', 'waiting', 'finished']) {
        for (const actor of actors) {
          for (const facts of situations) {
            const decision = decide(full, at(stage), facts, actor, action.code);
            const all = allRefusals(full, at(stage), facts, actor, action);
            expect(all[0]).toEqual(decision.ok ? undefined : decision.refusal);
            severalReasons += all.length > 1 ? 1 : 0;
          }
        }
      }
    }
    expect(severalReasons).toBeGreaterThan(50);
  });
});

describe('decide', () => {
  it('says where an action leads', () => {
    expect(decide(small, at('open'), everything, supervisor, 'finish')).toMatchObject({
      ok: true,
      from: 'open',
      to: 'finished',
      moves: true,
      closes: true,
      outcomes: ['done', 'dropped'],
      clocks: 'finish',
      tellsComplainant: true,
    });
  });

  it('says that an action stays in its stage', () => {
    expect(decide(small, at('waiting'), everything, officer, 'note')).toMatchObject({
      ok: true,
      from: 'waiting',
      to: 'waiting',
      moves: false,
      closes: false,
      clocks: 'keep',
      tellsComplainant: false,
    });
  });

  it.each([
    ['unknown_action', at('open'), everything, officer, 'fly'],
    ['closed', at('finished'), everything, supervisor, 'give_up'],
    ['wrong_stage', at('waiting'), everything, supervisor, 'finish'],
    ['role_not_allowed', at('open'), everything, officer, 'finish'],
    ['role_not_allowed', at('waiting'), everything, officer, 'answered'],
    ['role_not_allowed', at('open'), everything, SYSTEM_ACTOR, 'ask'],
    ['not_on_team', at('open'), everything, { ...officer, onTeam: false }, 'ask'],
  ] as const)('refuses with %s', (code, track, facts, actor, action) => {
    expect(decide(small, track, facts, actor, action)).toEqual({ ok: false, refusal: { code } });
  });

  it('names the first guard that does not hold, and all of them', () => {
    const nothing = NO_FACTS;
    expect(decide(small, at('open'), nothing, supervisor, 'finish')).toEqual({
      ok: false,
      refusal: { code: 'guard_failed', guard: 'company_named', guards: ['company_named', 'consent_to_notify_company'] },
    });
    expect(decide(small, at('open'), { ...nothing, companyNamed: true }, supervisor, 'finish')).toMatchObject({
      refusal: { code: 'guard_failed', guard: 'consent_to_notify_company' },
    });
  });

  it('lets the software do only what is its own', () => {
    expect(decide(small, at('waiting'), everything, SYSTEM_ACTOR, 'answered')).toMatchObject({ ok: true, to: 'open', clocks: 'resume' });
  });
});

describe('availableActions', () => {
  it('lists what people can do in the stage, in the order of the document, with what is refused', () => {
    const seen = availableActions(small, at('open'), everything, officer);
    expect(seen.map(({ action, decision }) => [action.code, decision.ok ? decision.to : decision.refusal.code])).toEqual([
      ['ask', 'waiting'],
      ['note', 'open'],
      ['finish', 'role_not_allowed'],
      ['give_up', 'role_not_allowed'],
    ]);
  });

  it('is empty for a closed track', () => {
    expect(availableActions(small, at('finished'), everything, supervisor)).toEqual([]);
  });
});

describe('triggeredActions', () => {
  it('finds what the software does when the complainant writes', () => {
    const remedy = shippedProcedure('remedy');
    const wrote = (track: TrackState) => triggeredActions(remedy, track, { trigger: 'complainant_wrote' }).map(({ code }) => code);
    expect(wrote(at('waiting_for_information'))).toEqual(['continue_with_answer']);
    expect(wrote(at('screening'))).toEqual([]);
    expect(wrote({ ...at('waiting_for_information'), closed: true })).toEqual([]);
  });

  it('finds what it does when one certain clock has run out', () => {
    const ranOut = (clock: string) =>
      triggeredActions(fullProcedure(), at('waiting'), { trigger: 'clock_ran_out', clock }).map(({ code }) => code);
    expect(ranOut('patience')).toEqual(['nobody_answered']);
    expect(ranOut('whole')).toEqual([]);
  });
});

describe('a second person', () => {
  const full = fullProcedure();
  const director: ActionActor = { role: 'director', staffId: 'c', onTeam: true };
  const asked = { action: 'finish', requestedBy: 'b' };

  it('is asked by whoever may take the action, once', () => {
    expect(decide(full, at('open'), everything, supervisor, 'finish')).toMatchObject({ ok: true, approval: { roles: ['director'] } });
    const waiting = { ...everything, awaitingApproval: new Set(['finish']) };
    expect(decide(full, at('open'), waiting, supervisor, 'finish')).toEqual({ ok: false, refusal: { code: 'awaiting_approval' } });
  });

  it('may agree when everything still holds', () => {
    expect(decideApproval(full, at('open'), everything, director, asked)).toMatchObject({ ok: true, to: 'finished', closes: true });
  });

  it.each([
    ['same_person', at('open'), everything, { ...director, staffId: 'b' }, 'finish'],
    ['role_not_allowed', at('open'), everything, supervisor, 'finish'],
    ['not_on_team', at('open'), everything, { ...director, onTeam: false }, 'finish'],
    ['wrong_stage', at('waiting'), everything, director, 'finish'],
    ['closed', at('finished'), everything, director, 'finish'],
    ['guard_failed', at('open'), { ...everything, openSubTracks: 1 }, director, 'finish'],
    ['unknown_action', at('open'), everything, director, 'give_up'],
  ] as const)('is refused with %s', (code, track, facts, actor, action) => {
    expect(decideApproval(full, track, facts, actor, { ...asked, action })).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('an action for whoever took no part in the track that opened this one', () => {
  const appeal = shippedProcedure('appeal');
  const facts: Facts = {
    ...everything,
    established: new Set(['independence_confirmed', 'appellant_heard']),
    partakers: new Set(['a', 'b']),
  };
  const took = { ok: false, refusal: { code: 'guard_failed', guard: 'took_no_part', guards: ['took_no_part'] } };

  it('is refused to whoever did, and allowed to everybody else', () => {
    expect(decide(appeal, at('under_review'), facts, officer, 'reject')).toEqual(took);
    expect(decide(appeal, at('under_review'), facts, { ...officer, staffId: 'c' }, 'reject')).toMatchObject({ ok: true, to: 'decided' });
    expect(decide(appeal, at('under_review'), facts, officer, 'record_heard')).toMatchObject({ ok: true });
  });

  it('is not agreed to by whoever did', () => {
    const asked = { action: 'reject', requestedBy: 'c' };
    expect(decideApproval(appeal, at('under_review'), facts, supervisor, asked)).toEqual(took);
    expect(decideApproval(appeal, at('under_review'), facts, { ...supervisor, staffId: 'd' }, asked)).toMatchObject({ ok: true });
  });
});

describe('actions on clocks', () => {
  const full = fullProcedure();
  const withClock = (clock: string, state: 'running' | 'paused', extensions = 0): Facts => ({
    ...everything,
    clocks: [{ clock, stage: 'open', state, extensions }],
  });

  it.each([
    ['hold', withClock('answer', 'running'), undefined],
    ['hold', withClock('answer', 'paused'), 'clock_not_running'],
    ['hold', everything, 'clock_not_running'],
    ['release', withClock('answer', 'paused'), undefined],
    ['release', withClock('answer', 'running'), 'clock_not_paused'],
    ['appeal', withClock('answer', 'paused'), undefined],
    ['appeal', everything, 'clock_not_running'],
    ['prolong', withClock('whole', 'running', 1), undefined],
    ['prolong', withClock('whole', 'running', 2), 'no_extension_left'],
    ['prolong', withClock('whole', 'paused'), 'clock_not_running'],
  ] as const)('%s depends on how the clock stands', (action, facts, refusal) => {
    const decision = decide(full, at('open'), facts, officer, action);
    expect(decision.ok ? undefined : decision.refusal.code).toBe(refusal);
  });
});
