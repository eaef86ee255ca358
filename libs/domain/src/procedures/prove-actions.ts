import { suggestion } from '../documents/did-you-mean';
import type { Finding } from '../documents/document';
import type { Action, Input, Procedure } from './procedure';
import { findClock, findStage } from './procedure';
import { proveApproval, type TeamHolders } from './prove-approval';
import { SAME_STAGE } from './vocabulary';

/** Each action by itself: somebody can take it, it leads somewhere, it asks for what it needs. */
export function proveActions(procedure: Procedure, holders?: readonly TeamHolders[]): readonly Finding[] {
  return procedure.actions.flatMap((action) =>
    [
      ...proveTakers(action),
      ...proveTrigger(procedure, action),
      ...proveApproval(action, holders),
      ...proveWay(procedure, action),
      ...proveOutcomes(procedure, action),
      ...action.inputs.flatMap(proveInput),
    ].map((finding) => ({ ...finding, path: finding.path === '' ? `actions.${action.code}` : `actions.${action.code}.${finding.path}` })),
  );
}

function proveTakers(action: Action): readonly Finding[] {
  const bySystem = action.roles.includes('system');
  const findings: Finding[] = [];
  if (action.roles.length > 0 && action.roles.every((role) => role === 'administrator')) {
    const hint = 'Administrators see no cases: name an officer, a supervisor or a director.';
    findings.push({ path: 'roles', code: 'action_nobody_may_take', message: `Nobody may take “${action.code}”.`, hint });
  }
  if (bySystem && action.roles.length > 1) {
    const message = 'What the software does by itself is no button for people.';
    findings.push({ path: 'roles', code: 'system_cannot_answer', message, hint: 'Make an action of its own for people.' });
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
  if (bySystem && (asks || action.outcomes.length > 1 || action.approval !== undefined || action.opens !== undefined)) {
    const message = `The software cannot give what “${action.code}” asks for.`;
    findings.push({ path: '', code: 'system_cannot_answer', message, hint: 'Make an action of its own for people.' });
  }
  return findings;
}

function proveTrigger(procedure: Procedure, { trigger, onClock, code, from }: Action): readonly Finding[] {
  if (trigger !== 'clock_ran_out') {
    return onClock === undefined
      ? []
      : [
          {
            path: 'onClock',
            code: 'trigger_without_system',
            message: 'Only “trigger: clock_ran_out” waits for a clock.',
            hint: 'Take “onClock” out, or write “trigger: clock_ran_out”.',
          },
        ];
  }
  if (onClock === undefined) {
    return [
      { path: 'trigger', code: 'missing_key', message: `“${code}” waits for a clock and does not say which.`, hint: 'Add “onClock”.' },
    ];
  }
  if (!findClock(procedure, onClock)) {
    const clocks = [...procedure.clocks, ...procedure.stages.flatMap((stage) => stage.clocks)].map((clock) => clock.code);
    return [{ path: 'onClock', code: 'unknown_clock', message: `There is no clock “${onClock}”.`, hint: suggestion(onClock, clocks) }];
  }
  const runs = procedure.clocks.some((clock) => clock.code === onClock);
  return runs || from.some((stage) => findStage(procedure, stage)?.clocks.some((clock) => clock.code === onClock))
    ? []
    : [
        {
          path: 'onClock',
          code: 'clock_of_another_stage',
          message: `“${onClock}” never runs where “${code}” can be taken.`,
          hint: 'Name a clock of the stages under “from”, or one across stages.',
        },
      ];
}

function proveWay(procedure: Procedure, action: Action): readonly Finding[] {
  const findings: Finding[] = [];
  action.from.forEach((code, index) => {
    if (findStage(procedure, code)?.isEnd) {
      findings.push({
        path: `from.${index}`,
        code: 'action_from_end',
        message: `“${code}” is an end: nothing can be done there.`,
        hint: 'Take it out of “from”, or “end: true” out of the stage.',
      });
    }
  });
  const stays = action.to === SAME_STAGE;
  if (!stays && action.from.includes(action.to)) {
    const message = `“${action.code}” leads from “${action.to}” to “${action.to}”.`;
    findings.push({ path: 'to', code: 'action_moves_nowhere', message, hint: `Write “to: ${SAME_STAGE}”.` });
  }
  if (!stays && action.clocks === 'keep') {
    findings.push({
      path: 'clocks',
      code: 'clocks_kept_while_moving',
      message: 'The clocks of a stage cannot go on in another.',
      hint: 'Write “clocks: finish”, or “clocks: pause” when the track comes back; a clock across stages goes on by itself.',
    });
  }
  if (stays && action.clocks !== 'keep') {
    findings.push({
      path: 'clocks',
      code: 'clocks_changed_while_staying',
      message: 'A track that stays in its stage keeps its clocks.',
      hint: 'Take “clocks” out; “changesClocks” pauses, extends or restarts one.',
    });
  }
  return findings;
}

function proveOutcomes(procedure: Procedure, action: Action): readonly Finding[] {
  const target = findStage(procedure, action.to);
  if (target?.isEnd && action.roles.includes('system')) {
    const message = `The software would close a track by itself with “${action.code}”.`;
    return [{ path: 'to', code: 'system_closes', message, hint: 'Closing is for a person: lead to a stage in which somebody decides.' }];
  }
  if (target?.isEnd && action.outcomes.length === 0) {
    return [
      {
        path: 'to',
        code: 'end_without_outcome',
        message: `“${action.code}” closes a track and says no outcome.`,
        hint: 'Add “outcomes” with one or more of the closing outcomes.',
      },
    ];
  }
  return !target?.isEnd && action.outcomes.length > 0 && (target !== undefined || action.to === SAME_STAGE)
    ? [
        {
          path: 'outcomes',
          code: 'outcome_without_end',
          message: `“${action.code}” closes nothing, so it has no outcome.`,
          hint: 'Take “outcomes” out, or lead to an end.',
        },
      ]
    : [];
}

function proveInput(input: Input): readonly Finding[] {
  const path = `inputs.${input.name}`;
  const isText = input.type === 'text' || input.type === 'long_text';
  const findings: Finding[] = [];
  if (input.type === 'choice' && input.choices.length === 0) {
    findings.push({
      path,
      code: 'choice_without_choices',
      message: `There is nothing to choose from in “${input.name}”.`,
      hint: 'Add “choices”.',
    });
  }
  if (input.type !== 'choice' && input.choices.length > 0) {
    findings.push({
      path: `${path}.choices`,
      code: 'choices_without_choice',
      message: 'Only an input of the type “choice” has choices.',
      hint: 'Write “type: choice”, or take “choices” out.',
    });
  }
  if (isText && !input.sealed) {
    findings.push({
      path: `${path}.sealed`,
      code: 'text_not_sealed',
      message: 'What a person writes is always sealed.',
      hint: 'Take “sealed: false” out.',
    });
  }
  if (!isText && input.limit !== undefined) {
    findings.push({ path: `${path}.limit`, code: 'invalid_limit', message: 'Only a text has a limit.', hint: 'Take “limit” out.' });
  }
  if (input.type !== 'date' && input.notInFuture) {
    findings.push({
      path: `${path}.notInFuture`,
      code: 'invalid_limit',
      message: 'Only a date can lie in the future.',
      hint: 'Take “notInFuture” out.',
    });
  }
  return findings;
}
