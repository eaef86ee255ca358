import type { Permission } from '../procedures/decide';
import type { RecordedAction } from './track-history';
import type { StopReason } from './track-replay';

/** Why what was chosen then cannot be chosen under other rules; nothing when it can. What is sealed cannot be looked at. */
export function formProblem({ action, closes, outcomes }: Permission, { outcome, inputs }: RecordedAction): StopReason | undefined {
  if (closes && outcomes.length > 1 && outcome !== undefined && !outcomes.includes(outcome))
    return { code: 'outcome_not_offered', outcome };
  for (const { name, type, choices } of action.inputs) {
    const choice = inputs[name];
    if (type === 'choice' && choice !== undefined && !choices.some(({ code }) => code === choice)) {
      return { code: 'choice_not_offered', input: name, choice };
    }
  }
  return undefined;
}

/** Whether the action asks for something that it did not ask for then. */
export function asksForMore({ action }: Permission, { rule }: RecordedAction): boolean {
  if (!rule) return true;
  const asked = new Set(rule.inputs.filter(({ required }) => required).map(({ name }) => name));
  const isNew = (now: string, then: string): boolean => now === 'required' && then !== 'required';
  return (
    action.inputs.some(({ name, required }) => required && !asked.has(name)) ||
    isNew(action.reason, rule.reason) ||
    isNew(action.message, rule.message)
  );
}
