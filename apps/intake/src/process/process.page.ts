import { stageOf, type Action, type Clock, type Duration, type Procedure, type Stage, type Wording } from '@recourse/domain';

/** One step of the procedure as somebody reads it who has not complained yet. */
export interface StagePage {
  readonly code: string;
  readonly name: string;
  readonly meaning: string;
  readonly next: string;
  /** The time limit of the stage; absent where the complaint ends. */
  readonly within: Duration | undefined;
  /** By how much the institution may lengthen that limit, and how often. */
  readonly extension: { readonly by: Duration; readonly times: number } | undefined;
  readonly isEnd: boolean;
  /** The other stages that can follow, in the order of the document. */
  readonly leadsTo: readonly { readonly code: string; readonly name: string }[];
  /** With what result a complaint can end here; empty unless it is an end. */
  readonly results: readonly string[];
}

/** A time limit that runs over several stages. */
export interface LongLimitPage {
  /** The stage in which the time begins to run. */
  readonly from: string;
  /** The stages that must be reached; empty when it runs until the complaint ends. */
  readonly until: readonly string[];
  readonly within: Duration;
}

/** What the template receives. */
export interface ProcessPage {
  readonly stages: readonly StagePage[];
  readonly longLimits: readonly LongLimitPage[];
}

/** A procedure in one language, its stages in the order of its document. */
export function processPage(procedure: Procedure, language: string): ProcessPage {
  return {
    stages: procedure.stages.map((stage) => stagePage(procedure, stage, language)),
    longLimits: procedure.clocks.filter(isPromise).map((clock) => ({
      from: wordingIn(stageOf(procedure, stageOfStart(procedure, clock)).publicName, language),
      until: clock.stopsIn.map((code) => wordingIn(stageOf(procedure, code).publicName, language)),
      within: clock.within,
    })),
  };
}

function stagePage(procedure: Procedure, stage: Stage, language: string): StagePage {
  const clock = timeLimit(stage);
  return {
    code: stage.code,
    name: wordingIn(stage.publicName, language),
    meaning: wordingIn(stage.publicMeaning, language),
    next: wordingIn(stage.publicNext, language),
    within: clock?.within,
    extension: clock && extensionOf(procedure, clock.code),
    isEnd: stage.isEnd,
    leadsTo: stagesAfter(procedure, stage).map(({ code, publicName }) => ({ code, name: wordingIn(publicName, language) })),
    // Each once: two outcomes that staff tell apart may be the same to the complainant.
    results: [...new Set(resultsAt(procedure, stage).map((name) => wordingIn(name, language)))],
  };
}

/** A stage may have several clocks; the first of the document is the one that says when it is over. */
function timeLimit(stage: Stage): Clock | undefined {
  return stage.clocks[0];
}

function extensionOf({ actions }: Procedure, clock: string): StagePage['extension'] {
  for (const operation of actions.flatMap(({ changesClocks }) => changesClocks)) {
    if (operation.operation === 'extend' && operation.clock === clock) return { by: operation.by, times: operation.times };
  }
  return undefined;
}

function stagesAfter({ stages, actions }: Procedure, stage: Stage): readonly Stage[] {
  const leaving = new Set(actions.filter(({ from }) => from.includes(stage.code)).map(({ to }) => to));
  return stages.filter(({ code }) => code !== stage.code && leaving.has(code));
}

function resultsAt(procedure: Procedure, stage: Stage): readonly Wording[] {
  if (!stage.isEnd) return [];
  const codes = new Set(procedure.actions.filter(({ to }) => to === stage.code).flatMap(({ outcomes }) => outcomes));
  return procedure.closingOutcomes.filter(({ code }) => codes.has(code)).map(({ publicName }) => publicName);
}

/** Clocks that an action starts and no stage ends remind staff of their own work ("ask about safety again"): nobody is promised anything by them. */
function isPromise(clock: Clock): boolean {
  return clock.startsOn.on === 'track_opened' || clock.stopsIn.length > 0;
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
