import type { Action } from '@recourse/domain';
import fc from 'fast-check';
import type { GivenInstitution } from '@recourse/testing';
import type { PerformActionInput } from '../src/actions/perform-action';

/** Who works on the case. */
export const WALKERS = ['officer', 'otherOfficer', 'supervisor', 'director'] as const;

/** What somebody tries after some hours. */
export interface CaseStep {
  readonly what: 'act' | 'try_refused' | 'come_late' | 'answer' | 'write' | 'send' | 'assign';
  readonly who: (typeof WALKERS)[number];
  readonly pick: number;
  readonly hours: number;
  /** While it is away no clock fires and nothing that was asked of it is done; all of that comes late. */
  readonly isWorkerThere: boolean;
  /** A track is closed only where this is true. */
  readonly isEndWanted: boolean;
  /** What was not done yet is preferred, so that walks come to the far stages. */
  readonly isNewWanted: boolean;
}

/** So many random steps. In every other walk the worker is always there. */
export const caseSteps = (length: number) =>
  fc
    .tuple(randomSteps(length), fc.boolean())
    .map(([steps, isAlwaysThere]) => steps.map((step) => ({ ...step, isWorkerThere: isAlwaysThere || step.isWorkerThere })));

const randomSteps = (length: number) =>
  fc.array(
    fc.record<CaseStep>({
      what: fc.constantFrom(
        ...Array<'act'>(10).fill('act'),
        'answer',
        'answer',
        'answer',
        'write',
        'write',
        'send',
        'assign',
        'assign',
        'try_refused',
        'come_late',
      ),
      who: fc.constantFrom(...WALKERS),
      pick: fc.nat(10_000),
      hours: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 50 }) }, fc.integer({ min: 0, max: 700 })),
      isWorkerThere: fc.constantFrom(true, true, true, false),
      isEndWanted: fc.constantFrom(true, ...Array<boolean>(9).fill(false)),
      isNewWanted: fc.constantFrom(true, true, true, false),
    }),
    { minLength: length, maxLength: length },
  );

/** One of them, or nothing where there are none. */
export function picked<T>(among: readonly T[], pick: number): T | undefined {
  return among[pick % among.length];
}

type Filled = Pick<PerformActionInput, 'inputs' | 'reason' | 'message' | 'outcome'>;

/** What an action asks for, filled in; what it leaves free, now and then. */
export function filledIn(
  action: Action,
  closes: boolean,
  { pick, today }: { pick: number; today: string },
  given: GivenInstitution,
): Filled {
  const wants = (requirement: Action['reason'], turn: number): boolean =>
    requirement === 'required' || (requirement === 'optional' && pick % turn === 0);
  const value = ({ type, choices }: Action['inputs'][number]): string => {
    const fixed = {
      company: given.companyId,
      staff: given.officer.staffId,
      date: today,
      boolean: 'true',
      text: 'In their words.',
      long_text: 'In their words.',
    };
    return type === 'choice' ? (picked(choices, pick)?.code ?? '') : fixed[type];
  };
  const asked = action.inputs.filter(({ required }, place) => required || (pick + place) % 2 === 0);
  const outcome = closes ? picked(action.outcomes, pick) : undefined;
  return {
    inputs: Object.fromEntries(asked.map((input) => [input.name, value(input)])),
    ...(wants(action.reason, 2) && { reason: 'Somebody thought about it.' }),
    ...(wants(action.message, 3) && { message: 'We write to you.' }),
    ...(outcome !== undefined && { outcome }),
  };
}
