import { didYouMean } from '../documents/did-you-mean';
import type { Finding } from '../documents/document';
import { factAsked, GUARD_NAMES, isBuiltInGuard, metByInput } from './guards';
import type { Action, Procedure } from './procedure';
import { stagesReachedFrom } from './reachable-stages';

/** Facts and guards have names that are there, and none denies itself. */
export function proveFacts(procedure: Procedure): readonly Finding[] {
  const declared = procedure.facts.map(({ code }) => code);
  const clashes = declared.filter(isBuiltInGuard).map((code): Finding => {
    return {
      path: `facts.${code}`,
      code: 'duplicate_code',
      message: `“${code}” is a guard already: a fact needs another name.`,
      hint: 'Call the fact something else.',
    };
  });
  const denials = declared
    .filter((code) => code.startsWith('not_') && declared.includes(code.slice('not_'.length)))
    .map((code): Finding => {
      const message = `“${code}” would also mean that “${code.slice('not_'.length)}” does not hold.`;
      return { path: `facts.${code}`, code: 'duplicate_code', message, hint: 'Give the fact another name.' };
    });
  return [
    ...clashes,
    ...denials,
    ...procedure.actions.flatMap((action) => [
      ...unknownFacts(declared, action),
      ...contradictions(action),
      ...proveGuards(declared, action),
    ]),
  ];
}

function unknownFacts(declared: readonly string[], action: Action): readonly Finding[] {
  return (['establishes', 'revokes'] as const).flatMap((key) =>
    action[key].flatMap((code, index): readonly Finding[] => {
      if (declared.includes(code)) return [];
      const path = `actions.${action.code}.${key}.${index}`;
      const hint = didYouMean(code, declared) ?? 'Declare it under “facts”.';
      return [{ path, code: 'unknown_fact', message: `There is no fact “${code}”.`, hint }];
    }),
  );
}

function contradictions(action: Action): readonly Finding[] {
  return action.establishes
    .filter((code) => action.revokes.includes(code))
    .map((code): Finding => {
      return {
        path: `actions.${action.code}`,
        code: 'fact_contradicts',
        message: `“${action.code}” establishes “${code}” and revokes it.`,
        hint: 'Take it out of one of the two.',
      };
    });
}

function proveGuards(declared: readonly string[], action: Action): readonly Finding[] {
  return action.guards.flatMap((guard, index): readonly Finding[] => {
    const path = `actions.${action.code}.guards.${index}`;
    if (isBuiltInGuard(guard)) return [];
    const { fact, mustHold } = factAsked(guard, declared);
    if (!declared.includes(fact)) {
      const known = [...GUARD_NAMES, ...declared];
      const hint = didYouMean(guard, known) ?? `Known: ${known.join(', ')}.`;
      return [{ path, code: 'unknown_guard', message: `There is no guard or fact “${guard}”.`, hint }];
    }
    return !mustHold && action.guards.includes(fact)
      ? [
          {
            path,
            code: 'guards_contradict',
            message: `“${fact}” cannot hold and not hold: nobody can ever take “${action.code}”.`,
            hint: 'Take one of the two guards out.',
          },
        ]
      : [];
  });
}

/** Actions together: no trigger is ambiguous, nothing goes round by itself, what pauses goes on again, every guard can hold some day. */
export function proveConnections(procedure: Procedure): readonly Finding[] {
  return [
    ...procedure.actions.flatMap((action, index) => [
      ...ambiguousTrigger(procedure, procedure.actions.slice(0, index), action),
      ...lookalike(procedure, procedure.actions.slice(0, index), action),
      ...endlessPause(procedure, action),
      ...guardsNeverMet(procedure, action),
    ]),
    ...automaticCycles(procedure),
  ];
}

function ambiguousTrigger(procedure: Procedure, earlier: readonly Action[], action: Action): readonly Finding[] {
  const { trigger } = action;
  if (trigger === undefined) return [];
  const declared = procedure.facts.map(({ code }) => code);
  const other = earlier.find(
    (candidate) =>
      candidate.trigger === trigger &&
      candidate.onClock === action.onClock &&
      candidate.from.some((code) => action.from.includes(code)) &&
      !excludeEachOther(declared, candidate, action),
  );
  if (!other) return [];
  const message = `“${trigger}” would set off “${other.code}” and “${action.code}” in the same stage.`;
  const hint = 'Give them guards that exclude each other: a fact, and “not_” before the same fact.';
  return [{ path: `actions.${action.code}.trigger`, code: 'trigger_ambiguous', message, hint }];
}

/** True when a fact must hold for one and must not hold for the other. */
function excludeEachOther(declared: readonly string[], one: Action, other: Action): boolean {
  const asked = (action: Action) => action.guards.filter((guard) => !isBuiltInGuard(guard)).map((guard) => factAsked(guard, declared));
  return asked(one).some(({ fact, mustHold }) => asked(other).some((second) => second.fact === fact && second.mustHold !== mustHold));
}

/** Two buttons with one name in one stage: nobody knows which to press. */
function lookalike(procedure: Procedure, earlier: readonly Action[], action: Action): readonly Finding[] {
  if (action.roles.includes('system')) return [];
  for (const language of procedure.languages) {
    const name = action.name[language];
    const other = earlier.find(
      (candidate) =>
        name !== undefined &&
        candidate.name[language] === name &&
        !candidate.roles.includes('system') &&
        candidate.from.some((code) => action.from.includes(code)) &&
        candidate.roles.some((role) => action.roles.includes(role)),
    );
    if (other) {
      const message = `“${other.code}” and “${action.code}” have the same name in “${language}” and stand side by side.`;
      return [
        {
          path: `actions.${action.code}.name.${language}`,
          code: 'actions_look_alike',
          message,
          hint: 'Say in the names what each of them does.',
        },
      ];
    }
  }
  return [];
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
      ? [
          {
            path,
            code: 'pause_without_resume',
            message: `No action leads from “${action.to}” back to “${code}” with “clocks: resume”.`,
            hint: 'Add one, or write “clocks: finish” here.',
          },
        ]
      : [
          {
            path,
            code: 'resume_without_pause',
            message: `No action leads from “${action.to}” to “${code}” with “clocks: pause”.`,
            hint: 'Write “clocks: pause” there, or “clocks: finish” here.',
          },
        ];
  });
}

function guardsNeverMet(procedure: Procedure, action: Action): readonly Finding[] {
  const declared = procedure.facts.map(({ code }) => code);
  return action.guards.flatMap((guard, index): readonly Finding[] => {
    const path = `actions.${action.code}.guards.${index}`;
    if (isBuiltInGuard(guard)) {
      const input = metByInput(guard);
      if (input === undefined || procedure.actions.some(({ inputs }) => inputs.some(({ type }) => type === input))) return [];
      const hint = `Add an action with an input of the type “${input}”.`;
      return [{ path, code: 'guard_never_met', message: `Nothing can make “${guard}” hold.`, hint }];
    }
    const { fact, mustHold } = factAsked(guard, declared);
    if (!mustHold || isEstablishedBefore(procedure, fact, action)) return [];
    const message = `Nothing that can come before “${action.code}” makes “${fact}” hold.`;
    return [{ path, code: 'guard_never_met', message, hint: `Add an action with “establishes: ${fact}” on the way there.` }];
  });
}

/** True when some action establishes the fact and leads, sooner or later, to a stage in which the guarded action can be taken. */
function isEstablishedBefore(procedure: Procedure, fact: string, action: Action): boolean {
  return procedure.actions.some((other) => {
    if (!other.establishes.includes(fact)) return false;
    const after = other.to === 'same' ? other.from : [other.to];
    const reached = stagesReachedFrom(procedure, after);
    return action.from.some((code) => reached.has(code));
  });
}

/** Actions that the software takes on entering a stage must not lead back to that stage by themselves: it would never stop. */
function automaticCycles(procedure: Procedure): readonly Finding[] {
  const automatic = procedure.actions.filter(({ trigger }) => trigger === 'stage_entered');
  return automatic.flatMap((action): readonly Finding[] => {
    const reached = new Set<string>();
    const waiting = [action.to];
    for (let stage = waiting.pop(); stage !== undefined; stage = waiting.pop()) {
      if (reached.has(stage)) continue;
      reached.add(stage);
      const here = stage;
      waiting.push(...automatic.filter(({ from }) => from.includes(here)).map(({ to }) => to));
    }
    const back = action.to === 'same' ? action.from[0] : action.from.find((code) => reached.has(code));
    if (back === undefined) return [];
    const message = `By itself the software would go from “${back}” to “${back}” again and again.`;
    return [{ path: `actions.${action.code}.trigger`, code: 'automatic_cycle', message, hint: 'Let a person take one of these actions.' }];
  });
}
