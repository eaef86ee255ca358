import { shippedProcedure } from '../../test-support/documents';
import { decide } from './decide';
import { NO_FACTS, type Facts } from './guards';

/** What is particular to the remedy track; what holds for every shipped procedure is in shipped.spec.ts. */
const remedy = shippedProcedure('remedy');

function allFacts(): readonly Facts[] {
  const either = [true, false];
  return either.flatMap((companyNamed) =>
    either.flatMap((consent) =>
      either.map((assigned) => ({
        ...NO_FACTS,
        companyNamed,
        assigned,
        established: new Set(consent ? ['consent_to_notify_company'] : []),
      })),
    ),
  );
}

describe('the remedy track', () => {
  it('lets guards change the answer only where this list says so', () => {
    const guarded = remedy.stages.flatMap((stage) =>
      remedy.actions.flatMap((action) =>
        allFacts().flatMap((facts) => {
          const track = { stage: stage.code, revision: 1, closed: stage.isEnd };
          const decision = decide(remedy, track, facts, { role: 'director', onTeam: true }, action.code);
          return !decision.ok && decision.refusal.code === 'guard_failed'
            ? [
                `${stage.code} ${action.code} company:${facts.companyNamed} consent:${facts.established.has('consent_to_notify_company')} → ${decision.refusal.guard}`,
              ]
            : [];
        }),
      ),
    );
    expect([...new Set(guarded)].sort()).toEqual([
      'admissible engage_company company:false consent:false → company_named',
      'admissible engage_company company:false consent:true → company_named',
      'admissible engage_company company:true consent:false → consent_to_notify_company',
    ]);
  });

  it('has the closing reasons of the domain, each of which an action can give', () => {
    const given = new Set(remedy.actions.flatMap(({ outcomes }) => outcomes));
    expect(remedy.closingOutcomes.filter(({ code }) => !given.has(code))).toEqual([]);
    expect(remedy.closingOutcomes).toHaveLength(12);
  });

  it('asks for a reason and a letter wherever the institution ends it', () => {
    const ends = new Set(remedy.stages.filter(({ isEnd }) => isEnd).map(({ code }) => code));
    const ending = remedy.actions.filter(({ to, code }) => ends.has(to) && code !== 'withdraw');
    expect(ending.map(({ code, reason, message }) => [code, reason, message])).toEqual([
      ['refuse_and_refer', 'required', 'required'],
      ['close_with_remedy', 'required', 'required'],
      ['close_without_remedy', 'required', 'required'],
      ['close_unanswered', 'required', 'required'],
    ]);
  });
});
