import type { Finding } from '../documents/document';
import { metBy } from './guards';
import type { Action, Input, Procedure } from './procedure';
import { findStage } from './procedure';
import { SAME_STAGE } from './vocabulary';

/** Each action by itself: somebody can take it, it leads somewhere, it asks for what it needs. */
export function proveActions(procedure: Procedure): readonly Finding[] {
  return procedure.actions.flatMap((action) =>
    [...proveTakers(action), ...proveWay(procedure, action), ...proveOutcomes(procedure, action), ...action.inputs.flatMap(proveInput)].map(
      (finding) => ({ ...finding, path: finding.path === '' ? `actions.${action.code}` : `actions.${action.code}.${finding.path}` }),
    ),
  );
}

function proveTakers(action: Action): readonly Finding[] {
  const bySystem = action.roles.includes('system');
  const findings: Finding[] = [];
  if (action.roles.length > 0 && action.roles.every((role) => role === 'administrator')) {
    const hint = 'Administrators see no cases: name an officer, a supervisor or a director.';
    findings.push({ path: 'roles', code: 'action_nobody_may_take', message: `Nobody may take “${action.code}”.`, hint });
  }
  if (bySystem && action.trigger === undefined) {
    const message = `The software takes “${action.code}” by itself, and nothing says when.`;
    findings.push({ path: 'roles', code: 'system_without_trigger', message, hint: 'Add a trigger, or take “system” out of the roles.' });
  }
  if (!bySystem && action.trigger !== undefined) {
    findings.push({
      path: 'trigger',
      code: 'trigger_without_system',
      message: 'Only the software follows a trigger.',
      hint: 'Add the role “system”.',
    });
  }
  const asks = action.reason === 'required' || action.message === 'required' || action.inputs.some((input) => input.required);
  if (bySystem && (asks || action.outcomes.length > 1)) {
    const message = `The software cannot give what “${action.code}” asks for.`;
    findings.push({ path: '', code: 'system_cannot_answer', message, hint: 'Make an action of its own for people.' });
  }
  return findings;
}

function proveWay(procedure: Procedure, action: Action): readonly Finding[] {
  const findings: Finding[] = [];
  action.from.forEach((code, index) => {
    if (findStage(procedure, code)?.isEnd) {
      findings.push({ path: `from.${index}`, code: 'action_from_end', message: `“${code}” is an end: nothing can be done there.` });
    }
  });
  const stays = action.to === SAME_STAGE;
  if (!stays && action.from.includes(action.to)) {
    const message = `“${action.code}” leads from “${action.to}” to “${action.to}”.`;
    findings.push({ path: 'to', code: 'action_moves_nowhere', message, hint: `Write “to: ${SAME_STAGE}”.` });
  }
  if (!stays && action.clocks === 'keep') {
    findings.push({ path: 'clocks', code: 'clocks_kept_while_moving', message: 'The clocks of a stage cannot go on in another.' });
  }
  if (stays && action.clocks !== 'keep') {
    findings.push({ path: 'clocks', code: 'clocks_changed_while_staying', message: 'A track that stays in its stage keeps its clocks.' });
  }
  return findings;
}

function proveOutcomes(procedure: Procedure, action: Action): readonly Finding[] {
  const target = findStage(procedure, action.to);
  if (target?.isEnd && action.outcomes.length === 0) {
    return [{ path: 'to', code: 'end_without_outcome', message: `“${action.code}” closes a track and says no outcome.` }];
  }
  return !target?.isEnd && action.outcomes.length > 0 && (target !== undefined || action.to === SAME_STAGE)
    ? [{ path: 'outcomes', code: 'outcome_without_end', message: `“${action.code}” closes nothing, so it has no outcome.` }]
    : [];
}

function proveInput(input: Input): readonly Finding[] {
  const path = `inputs.${input.name}`;
  const isText = input.type === 'text' || input.type === 'long_text';
  const findings: Finding[] = [];
  if (input.type === 'choice' && input.choices.length === 0) {
    findings.push({ path, code: 'choice_without_choices', message: `There is nothing to choose from in “${input.name}”.` });
  }
  if (input.type !== 'choice' && input.choices.length > 0) {
    findings.push({ path: `${path}.choices`, code: 'choices_without_choice', message: 'Only an input of the type “choice” has choices.' });
  }
  if (isText && !input.sealed) {
    findings.push({ path: `${path}.sealed`, code: 'text_not_sealed', message: 'What a person writes is always sealed.' });
  }
  if (!isText && input.limit !== undefined) {
    findings.push({ path: `${path}.limit`, code: 'invalid_limit', message: 'Only a text has a limit.' });
  }
  if (input.type !== 'date' && input.notInFuture) {
    findings.push({ path: `${path}.notInFuture`, code: 'invalid_limit', message: 'Only a date can lie in the future.' });
  }
  return findings;
}

/** Actions together: no trigger is ambiguous, what pauses goes on again, and every guard can hold some day. */
export function proveActionsTogether(procedure: Procedure): readonly Finding[] {
  return procedure.actions.flatMap((action, index) => [
    ...ambiguousTrigger(procedure.actions.slice(0, index), action),
    ...endlessPause(procedure, action),
    ...guardsNeverMet(procedure, action),
  ]);
}

function ambiguousTrigger(earlier: readonly Action[], action: Action): readonly Finding[] {
  if (action.trigger === undefined) return [];
  const other = earlier.find(({ trigger, from }) => trigger === action.trigger && from.some((code) => action.from.includes(code)));
  if (!other) return [];
  const message = `“${action.trigger}” would set off “${other.code}” and “${action.code}” in the same stage.`;
  return [{ path: `actions.${action.code}.trigger`, code: 'trigger_ambiguous', message }];
}

function endlessPause(procedure: Procedure, action: Action): readonly Finding[] {
  if (action.clocks !== 'pause' && action.clocks !== 'resume') return [];
  const pauses = action.clocks === 'pause';
  const counterpart = pauses ? 'resume' : 'pause';
  return action.from.flatMap((code): readonly Finding[] => {
    const found = procedure.actions.some((other) => other.clocks === counterpart && other.from.includes(action.to) && other.to === code);
    if (found) return [];
    const path = `actions.${action.code}.clocks`;
    return pauses
      ? [{ path, code: 'pause_without_resume', message: `No action leads from “${action.to}” back to “${code}” with “clocks: resume”.` }]
      : [{ path, code: 'resume_without_pause', message: `No action leads from “${action.to}” to “${code}” with “clocks: pause”.` }];
  });
}

function guardsNeverMet(procedure: Procedure, action: Action): readonly Finding[] {
  return action.guards.flatMap((guard, index): readonly Finding[] => {
    const needs = metBy(guard);
    if (!needs) return [];
    const met = procedure.actions.some((other) =>
      'fact' in needs ? other.establishes.includes(needs.fact) : other.inputs.some((input) => input.type === needs.input),
    );
    if (met) return [];
    const hint =
      'fact' in needs ? `Add an action with “establishes: ${needs.fact}”.` : `Add an action with an input of the type “${needs.input}”.`;
    return [
      { path: `actions.${action.code}.guards.${index}`, code: 'guard_never_met', message: `Nothing can make “${guard}” hold.`, hint },
    ];
  });
}
