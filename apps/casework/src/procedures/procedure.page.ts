import { clockName, findFact, GUARD_NAMES, stageOf, type Action, type Duration, type Procedure, type Stage } from '@recourse/domain';
import type { Say } from '@recourse/web';
import type { CodeWord } from '../case/code-word';
import { worded } from '../case/worded';

/** One action in one stage. */
export interface ProcedureRow {
  readonly action: string;
  readonly who: readonly string[];
  /** The name of a stage; undefined when the track stays in its stage. */
  readonly leadsTo: string | undefined;
  readonly needs: readonly string[];
}

/** One stage: its clocks once, and a row for each action; none at an end. */
export interface ProcedureGroup {
  readonly code: string;
  readonly stage: string;
  readonly clocks: readonly string[];
  readonly rows: readonly ProcedureRow[];
}

/** What the page of one procedure receives. */
export interface ProcedureModel {
  readonly title: string;
  readonly version: number;
  readonly note: string | undefined;
  readonly groups: readonly ProcedureGroup[];
  /** Clocks that run across stages. */
  readonly clocks: readonly string[];
}

interface Reader {
  readonly language: string;
  readonly say: Say;
  readonly word: CodeWord;
}

/** A procedure as a table with a group of rows for each stage, in the order of its document. */
export function procedureModel(procedure: Procedure, reader: Reader): ProcedureModel {
  const clockWord = ({ code, within }: { readonly code: string; readonly within: Duration }): string =>
    `${worded(clockName(procedure, code), reader.language)}: ${durationWord(within, reader.say)}`;
  return {
    title: worded(procedure.title, reader.language),
    version: procedure.version,
    note: procedure.note && worded(procedure.note, reader.language),
    groups: procedure.stages.map((stage) => ({
      code: stage.code,
      stage: worded(stage.staffName, reader.language),
      clocks: stage.clocks.map(clockWord),
      rows: rowsOf(procedure, stage, reader),
    })),
    clocks: procedure.clocks.map(clockWord),
  };
}

function durationWord({ unit, amount }: Duration, say: Say): string {
  return say(`intake-process.units.${unit}`, { count: amount });
}

function rowsOf(procedure: Procedure, stage: Stage, reader: Reader): readonly ProcedureRow[] {
  const actions = procedure.actions.filter(({ from }) => from.includes(stage.code));
  return actions.map((action) => ({
    action: worded(action.name, reader.language),
    who: action.roles.map((role) => (role === 'system' ? reader.say('casework-procedures.system') : reader.word('role', role))),
    leadsTo: action.to === 'same' ? undefined : worded(stageOf(procedure, action.to).staffName, reader.language),
    needs: needsOf(procedure, action, reader),
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
