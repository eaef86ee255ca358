import type { Action, Procedure, Stage } from '@recourse/domain';
import { actionRules, type ActionRules } from './action-rules';
import { clockRules, type ClockRules } from './clock-rules';
import { RuleWords, type RulesReader } from './rule-words';

/** An action that is described elsewhere on the page. */
export interface ActionLink {
  readonly name: string;
  readonly href: string;
}

/** One stage: its clocks once, and what can be done there. */
export interface StageRules {
  readonly code: string;
  readonly name: string;
  /** What the complainant reads. */
  readonly publicName: string;
  readonly isInitial: boolean;
  readonly isEnd: boolean;
  readonly clocks: readonly ClockRules[];
  /** What is described here: the actions of this stage, each in the first stage where it can be taken. */
  readonly actions: readonly ActionRules[];
  /** What can be done here too and is described in an earlier stage, or among those of several stages. */
  readonly alsoHere: readonly ActionLink[];
}

/** An action of several stages, and which. */
export interface WideAction extends ActionRules {
  /** Undefined when it can be taken in every stage that is no end. */
  readonly stages: string | undefined;
}

/** What the page of one procedure receives. */
export interface ProcedureModel {
  readonly title: string;
  readonly version: number;
  readonly note: string | undefined;
  readonly stages: readonly StageRules[];
  /** Each once, however many stages it belongs to. */
  readonly wideActions: readonly WideAction[];
  /** Clocks that run across stages. */
  readonly clocks: readonly ClockRules[];
}

/** An action of so many stages is described once, in a block of its own: withdrawing is possible everywhere and everywhere the same. */
const SEVERAL = 3;

/** A procedure as blocks, one for each stage in the order of its document; every clock and every action is described once. */
export function procedureModel(procedure: Procedure, reader: RulesReader): ProcedureModel {
  const words = new RuleWords(procedure, reader);
  return {
    title: words.in(procedure.title),
    version: procedure.version,
    note: procedure.note && words.in(procedure.note),
    stages: procedure.stages.map((stage) => stageRules(words, stage)),
    wideActions: procedure.actions.filter(isWide).map((action) => ({ ...actionRules(words, action), stages: stagesOf(words, action) })),
    clocks: procedure.clocks.map((clock) => clockRules(words, clock)),
  };
}

/** Where an action is described on the page. */
export function actionAnchor(code: string): string {
  return `action-${code}`;
}

function isWide({ from }: Action): boolean {
  return from.length >= SEVERAL;
}

function stageRules(words: RuleWords, stage: Stage): StageRules {
  const { actions, initial } = words.procedure;
  const possible = actions.filter(({ from }) => from.includes(stage.code));
  const isHere = (action: Action): boolean => !isWide(action) && firstStageOf(words, action) === stage.code;
  return {
    code: stage.code,
    name: words.in(stage.staffName),
    publicName: words.in(stage.publicName),
    isInitial: stage.code === initial,
    isEnd: stage.isEnd,
    clocks: stage.clocks.map((clock) => clockRules(words, clock, stage)),
    actions: possible.filter(isHere).map((action) => actionRules(words, action)),
    alsoHere: possible
      .filter((action) => !isHere(action))
      .map(({ code, name }) => ({ name: words.in(name), href: `#${actionAnchor(code)}` })),
  };
}

function firstStageOf({ procedure }: RuleWords, { from }: Action): string | undefined {
  return procedure.stages.find(({ code }) => from.includes(code))?.code;
}

/** All, all but the few that are named, or those that are named: whichever is shorter. */
function stagesOf(words: RuleWords, { from }: Action): string | undefined {
  const open = words.procedure.stages.filter(({ isEnd }) => !isEnd);
  const others = open.filter(({ code }) => !from.includes(code));
  if (others.length === 0) return undefined;
  const named = (stages: readonly Stage[]): string => words.list(stages.map(({ staffName }) => words.in(staffName)));
  return others.length < from.length
    ? words.say('casework-procedures.all_stages_but', { stages: named(others) })
    : words.say('casework-procedures.in_stages', { stages: named(open.filter(({ code }) => from.includes(code))) });
}
