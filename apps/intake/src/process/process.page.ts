import {
  nominalDays,
  stageOf,
  type Action,
  type Clock,
  type ClockOperation,
  type Duration,
  type Procedure,
  type Stage,
  type Wording,
} from '@recourse/domain';
import { publicSteps, stepOf, stepsAfter, type PublicStep } from './public-steps';

/** A time limit as the public may know it. */
export interface LimitPage {
  /** What is done by then; absent for the time that the whole step should take. */
  readonly name: string | undefined;
  readonly within: Duration;
  /** What the institution may do to it by its rules, each once; empty when it is the most that it can take. */
  readonly changes: readonly LimitChange[];
}

/** How a time limit can take longer than it says. */
export type LimitChange =
  /** Lengthened, each time by so much. */
  | { readonly change: 'extension'; readonly time: Duration; readonly times: number }
  /** Stopped, for so long at most. */
  | { readonly change: 'pause'; readonly time: Duration }
  /** Begun anew. */
  | { readonly change: 'restart'; readonly times: number };

/** One step of the procedure as somebody reads it who has not complained yet. */
export interface StagePage {
  /** Of its first stage. */
  readonly code: string;
  readonly name: string;
  readonly meaning: string;
  readonly next: string;
  /** Its time limits, in the order of the document; none where the complaint ends. */
  readonly limits: readonly LimitPage[];
  /** Where the step is made of several parts that the public cannot tell apart: how long each may take, each length once. Empty otherwise. */
  readonly parts: readonly Duration[];
  readonly isEnd: boolean;
  /** The other steps that can follow, in the order of the document. */
  readonly leadsTo: readonly { readonly code: string; readonly name: string }[];
  /** With what result a complaint can end here; empty unless it is an end. */
  readonly results: readonly string[];
}

/** A time limit that runs over several stages. */
export interface LongLimitPage extends LimitPage {
  /** The stage in which the time begins to run. */
  readonly from: string;
  /** The stages that must be reached; empty when it runs until the complaint ends. */
  readonly until: readonly string[];
  /** True when it begins anew each time that what it is named for was done. */
  readonly isRepeated: boolean;
  /** The stages in which it does not run. */
  readonly waitsIn: readonly string[];
}

/** What the template receives. */
export interface ProcessPage {
  /** Code of the step with which a complaint begins. */
  readonly begins: string;
  readonly stages: readonly StagePage[];
  readonly longLimits: readonly LongLimitPage[];
}

/** A procedure in one language, its steps in the order of its document. */
export function processPage(procedure: Procedure, language: string): ProcessPage {
  const steps = publicSteps(procedure);
  return {
    begins: stepOf(procedure, procedure.initial),
    stages: steps.map((step) => stagePage(procedure, steps, step, language)),
    longLimits: procedure.clocks.filter(isPromise).map((clock) => longLimitPage(procedure, clock, language)),
  };
}

function stagePage(procedure: Procedure, steps: readonly PublicStep[], step: PublicStep, language: string): StagePage {
  const limits = step.stages.flatMap(publicClocks).map((clock) => limitPage(procedure, clock, language));
  return {
    code: step.code,
    ...wordsOf(step, language),
    limits,
    parts: step.stages.length > 1 ? distinct(limits.flatMap(({ name, within }) => (name === undefined ? [within] : []))) : [],
    isEnd: step.stages.every(({ isEnd }) => isEnd),
    leadsTo: stepsAfter(procedure, steps, step).map((other) => ({ code: other.code, name: wordsOf(other, language).name })),
    // Each once: two outcomes that staff tell apart may be the same to the complainant.
    results: [...new Set(step.stages.flatMap((stage) => resultsAt(procedure, stage)).map((name) => wordingIn(name, language)))],
  };
}

function wordsOf({ stages }: PublicStep, language: string): { readonly name: string; readonly meaning: string; readonly next: string } {
  const [stage] = stages;
  const inWords = (wording: Wording = {}) => wordingIn(wording, language);
  return { name: inWords(stage?.publicName), meaning: inWords(stage?.publicMeaning), next: inWords(stage?.publicNext) };
}

function distinct(durations: readonly Duration[]): readonly Duration[] {
  return durations.filter(({ amount, unit }, place) => durations.findIndex((one) => one.amount === amount && one.unit === unit) === place);
}

/** Those with a name for the public, and of the others the longest: then the step should be over. A shorter one without a name reminds staff of their work. */
function publicClocks({ clocks }: Stage): readonly Clock[] {
  const [longest] = clocks
    .filter(({ publicName }) => publicName === undefined)
    .sort((one, other) => nominalDays(other.within) - nominalDays(one.within));
  return clocks.filter((clock) => clock === longest || clock.publicName !== undefined);
}

function limitPage({ actions }: Procedure, { code, publicName, within }: Clock, language: string): LimitPage {
  const operations = actions.flatMap(({ changesClocks }) => changesClocks).filter(({ clock }) => clock === code);
  // Each once: several actions may do the same. Those of one sort stand together.
  const changes = new Map(operations.flatMap(changeBy).map((change) => [JSON.stringify(change), change]));
  return {
    name: publicName && wordingIn(publicName, language),
    within,
    changes: [...changes.values()].sort((one, other) => one.change.localeCompare(other.change)),
  };
}

function changeBy(operation: ClockOperation): readonly LimitChange[] {
  switch (operation.operation) {
    case 'extend':
      return [{ change: 'extension', time: operation.by, times: operation.times }];
    case 'pause':
      return [{ change: 'pause', time: operation.atMost }];
    case 'restart':
      return [{ change: 'restart', times: operation.times }];
    case 'resume':
      return [];
  }
}

function longLimitPage(procedure: Procedure, clock: Clock, language: string): LongLimitPage {
  // Each once: several stages may be one step.
  const stageNames = (codes: readonly string[]) => [
    ...new Set(codes.map((code) => wordingIn(stageOf(procedure, code).publicName, language))),
  ];
  return {
    ...limitPage(procedure, clock, language),
    from: wordingIn(stageOf(procedure, stageOfStart(procedure, clock)).publicName, language),
    until: stageNames(clock.stopsIn),
    isRepeated: clock.startsOn.on === 'action' && clock.stopsIn.length === 0,
    waitsIn: stageNames(clock.pausesIn),
  };
}

function resultsAt(procedure: Procedure, stage: Stage): readonly Wording[] {
  if (!stage.isEnd) return [];
  const codes = new Set(procedure.actions.filter(({ to }) => to === stage.code).flatMap(({ outcomes }) => outcomes));
  return procedure.closingOutcomes.filter(({ code }) => codes.has(code)).map(({ publicName }) => publicName);
}

/** Clocks without a name that an action starts and no stage ends remind staff of their own work (“ask about safety again”): nobody is promised anything by them. */
function isPromise(clock: Clock): boolean {
  return clock.publicName !== undefined || clock.startsOn.on === 'track_opened' || clock.stopsIn.length > 0;
}

function stageOfStart(procedure: Procedure, { startsOn }: Clock): string {
  if (startsOn.on !== 'action') return procedure.initial;
  const first = procedure.actions.find(({ code }) => startsOn.actions.includes(code));
  return first === undefined ? procedure.initial : stageAfter(first, procedure.initial);
}

function stageAfter({ to, from }: Action, otherwise: string): string {
  return to === 'same' ? (from[0] ?? otherwise) : to;
}

/** A procedure may have been published before a language was added: then its first language is better than nothing. */
export function wordingIn(wording: Wording, language: string): string {
  return wording[language] ?? Object.values(wording)[0] ?? '';
}
