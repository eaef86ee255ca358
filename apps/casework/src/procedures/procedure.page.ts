import { findFact, GUARD_NAMES, stageOf, type Action, type Duration, type Procedure, type Stage } from '@recourse/domain';
import type { Say } from '@recourse/web';
import type { CodeWord } from '../case/code-word';
import { worded } from '../case/worded';

/** One action in one stage; a stage without actions has one row without an action. */
export interface ProcedureRow {
  readonly stage: string;
  readonly action: string | undefined;
  readonly who: readonly string[];
  readonly leadsTo: string | undefined;
  readonly needs: readonly string[];
  /** Those of the stage. */
  readonly clocks: readonly string[];
}

/** What the page of one procedure receives. */
export interface ProcedureModel {
  readonly title: string;
  readonly version: number;
  readonly note: string | undefined;
  readonly rows: readonly ProcedureRow[];
  /** Clocks that run across stages. */
  readonly clocks: readonly string[];
}

interface Reader {
  readonly language: string;
  readonly say: Say;
  readonly word: CodeWord;
}

/** A procedure as a table, in the order of its document. */
export function procedureModel(procedure: Procedure, reader: Reader): ProcedureModel {
  const clockWord = ({ code, within }: { readonly code: string; readonly within: Duration }): string =>
    `${reader.word('clock', code)}: ${durationWord(within, reader.say)}`;
  return {
    title: worded(procedure.title, reader.language),
    version: procedure.version,
    note: procedure.note && worded(procedure.note, reader.language),
    rows: procedure.stages.flatMap((stage) => rowsOf(procedure, stage, stage.clocks.map(clockWord), reader)),
    clocks: procedure.clocks.map(clockWord),
  };
}

function durationWord({ unit, amount }: Duration, say: Say): string {
  return say(`intake-process.units.${unit}`, { count: amount });
}

function rowsOf(procedure: Procedure, stage: Stage, clocks: readonly string[], reader: Reader): readonly ProcedureRow[] {
  const name = worded(stage.staffName, reader.language);
  const actions = procedure.actions.filter(({ from }) => from.includes(stage.code));
  if (actions.length === 0) return [{ stage: name, action: undefined, who: [], leadsTo: undefined, needs: [], clocks }];
  return actions.map((action) => ({
    stage: name,
    action: worded(action.name, reader.language),
    who: action.roles.map((role) => (role === 'system' ? reader.say('casework-procedures.system') : reader.word('role', role))),
    leadsTo: action.to === 'same' ? undefined : worded(stageOf(procedure, action.to).staffName, reader.language),
    needs: needsOf(procedure, action, reader),
    clocks,
  }));
}

function needsOf(procedure: Procedure, action: Action, { language, say, word }: Reader): readonly string[] {
  return [
    ...action.guards.map((guard) => guardWord(procedure, guard, language, say)),
    ...action.inputs.filter(({ required }) => required).map(({ label }) => worded(label, language)),
    ...(action.reason === 'required' ? [say('casework-procedures.needs.reason')] : []),
    ...(action.message === 'required' ? [say('casework-procedures.needs.letter')] : []),
    ...(action.outcomes.length > 1 ? [say('casework-procedures.needs.outcome')] : []),
    ...(action.approval === undefined
      ? []
      : [say('casework-procedures.needs.second_person', { role: action.approval.roles.map((role) => word('role', role)).join(' / ') })]),
  ];
}

function guardWord(procedure: Procedure, guard: string, language: string, say: Say): string {
  if ((GUARD_NAMES as readonly string[]).includes(guard)) return say(`casework-refusals.guards.${guard}`);
  const fact = findFact(procedure, guard);
  if (fact) return say('casework-procedures.needs.fact', { fact: worded(fact.name, language) });
  const denied = findFact(procedure, guard.replace(/^not_/, ''));
  return say('casework-procedures.needs.no_fact', { fact: denied ? worded(denied.name, language) : guard });
}
