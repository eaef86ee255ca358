import type { Procedure } from '@recourse/domain';
import { changedProcedure, shippedProcedure } from '@recourse/testing';
import { publicSteps, stepOf, stepsAfter } from './public-steps';

function compliance(change?: (text: string) => string): Procedure {
  return change ? changedProcedure('compliance', change) : shippedProcedure('compliance');
}

const codes = (procedure: Procedure): readonly (readonly string[])[] =>
  publicSteps(procedure).map(({ stages }) => stages.map(({ code }) => code));

describe('the steps that the public knows', () => {
  it('are stages, and one step where several say the same', () => {
    expect(codes(compliance())).toEqual([
      ['concern_opened'],
      ['dialogue', 'fact_finding'],
      ['waiting_for_information'],
      ['draft_findings'],
      ['findings', 'board', 'corrective_action', 'suspension_proceedings'],
      ['closed'],
    ]);
  });

  it('are the same in every language: one that tells two stages apart tells them apart in all', () => {
    const apart = compliance((text) => text.replace('ar: ننظر في الأمر', 'ar: نتحاور في الأمر'));
    expect(codes(apart).slice(0, 3)).toEqual([['concern_opened'], ['dialogue'], ['fact_finding']]);
  });

  it('are called by their first stage', () => {
    expect(['findings', 'board', 'suspension_proceedings', 'closed'].map((code) => stepOf(compliance(), code))).toEqual([
      'findings',
      'findings',
      'findings',
      'closed',
    ]);
    expect(() => stepOf(compliance(), 'nowhere')).toThrow('no stage nowhere');
  });

  it('lead to other steps, each named once, and not to themselves', () => {
    const procedure = compliance();
    const steps = publicSteps(procedure);
    const after = steps.map((step) => stepsAfter(procedure, steps, step).map(({ code }) => code));
    expect(after).toEqual([
      ['dialogue', 'closed'],
      ['waiting_for_information', 'draft_findings', 'findings', 'closed'],
      ['dialogue', 'closed'],
      ['dialogue', 'findings', 'closed'],
      ['dialogue', 'closed'],
      [],
    ]);
  });
});
