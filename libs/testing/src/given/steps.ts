import type { PerformActionInput } from '@recourse/cases';

/** One step on the way to a stage: an action with what it asks for. `by` is who takes it. */
export interface GivenStep {
  readonly action: string;
  readonly by: 'officer' | 'supervisor';
  readonly given: Partial<Pick<PerformActionInput, 'inputs' | 'reason' | 'message' | 'outcome'>>;
}

const step = (action: string, given: GivenStep['given'] = {}, by: GivenStep['by'] = 'officer'): GivenStep => ({ action, by, given });

const ACKNOWLEDGED = [step('acknowledge')];
const SCREENING = [...ACKNOWLEDGED, step('begin_screening', { inputs: { risk: 'none_known', conflict_of_interest: 'none' } })];
const ADMISSIBLE = [...SCREENING, step('declare_admissible', { reason: 'Within the mandate.', message: 'We can go on with it.' })];

/**
 * Steps that need the id of a company of the institution's list.
 * @param companyId whom the case is about
 */
const engaged = (companyId: string): readonly GivenStep[] => [
  ...ADMISSIBLE,
  step('name_company', { inputs: { company: companyId } }),
  step('record_consent', { inputs: { given_by: 'message', may_be_told: 'Everything but the name.' } }),
  step('engage_company', { inputs: { way: 'good_offices', told: 'What is alleged, without the name.' } }),
];

/**
 * The actions that lead from a new complaint to a stage of the shipped remedy procedure.
 * @param today `YYYY-MM-DD`, for the actions that ask for a day
 * @throws Error for a stage that the procedure does not have
 */
export function stepsTo(stage: string, companyId: string, today: string): readonly GivenStep[] {
  const agreed = [
    ...engaged(companyId),
    step('record_agreement', { inputs: { agreed_on: today, terms: 'Treatment paid within a month.' } }),
  ];
  const paths: Readonly<Record<string, readonly GivenStep[]>> = {
    received: [],
    acknowledged: ACKNOWLEDGED,
    screening: SCREENING,
    waiting_for_information: [...SCREENING, step('ask_for_information', { message: 'Which day was it?' })],
    admissible: ADMISSIBLE,
    company_engaged: engaged(companyId),
    agreed,
    closed: [...agreed, step('close_with_remedy', { outcome: 'remedied', reason: 'It was paid.', message: 'It was paid.' }, 'supervisor')],
    refused_and_referred: [
      ...SCREENING,
      step('refuse_and_refer', {
        outcome: 'outside_mandate',
        reason: 'Not a member.',
        message: 'Others can help you.',
        inputs: { referred_to: 'labour_authority' },
      }),
    ],
    withdrawn: [step('withdraw', { inputs: { asked_by: 'message', forced: 'no_sign' } })],
  };
  const steps = paths[stage];
  if (steps === undefined) {
    throw new Error(`the remedy procedure has no stage ${stage}`);
  }
  return steps;
}
