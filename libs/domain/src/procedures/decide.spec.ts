import { shippedProcedure, smallProcedure } from '../../test-support/documents';
import { availableActions, decide, SYSTEM_ACTOR, triggeredAction, type ActionActor, type TrackState } from './decide';
import type { Facts } from './guards';

const small = smallProcedure();
const everything: Facts = { companyNamed: true, consentToNotifyCompany: true, assigned: true };
const officer: ActionActor = { role: 'officer', staffId: 'a', onTeam: true };
const supervisor: ActionActor = { role: 'supervisor', staffId: 'b', onTeam: true };

function at(stage: string): TrackState {
  return { stage, revision: 3, closed: stage === 'finished' };
}

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
    const nothing = { companyNamed: false, consentToNotifyCompany: false, assigned: false };
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

describe('triggeredAction', () => {
  it('finds what the software does when the complainant writes', () => {
    const remedy = shippedProcedure('remedy');
    expect(triggeredAction(remedy, at('waiting_for_information'), 'complainant_wrote')?.code).toBe('continue_with_answer');
    expect(triggeredAction(remedy, at('screening'), 'complainant_wrote')).toBeUndefined();
    expect(triggeredAction(remedy, { ...at('waiting_for_information'), closed: true }, 'complainant_wrote')).toBeUndefined();
  });
});
