import { stageOf, type Procedure, type Stage, type Wording } from '@recourse/domain';

/**
 * A step of a procedure as the public knows it: stages that tell the public the same are one step to whoever is told no more. What staff do in between
 * (“findings”, “before the Board”) is nobody else's to see, and four boxes with the same words tell nobody anything.
 */
export interface PublicStep {
  /** Code of its first stage. */
  readonly code: string;
  /** In the order of the document; one or more. */
  readonly stages: readonly Stage[];
}

/** Every stage belongs to one step; steps are in the order of the document. */
export function publicSteps({ stages }: Procedure): readonly PublicStep[] {
  const steps = new Map<string, { readonly code: string; readonly stages: Stage[] }>();
  for (const stage of stages) {
    const told = JSON.stringify([stage.isEnd, ...[stage.publicName, stage.publicMeaning, stage.publicNext].map(inOrder)]);
    const step = steps.get(told);
    if (step) step.stages.push(stage);
    else steps.set(told, { code: stage.code, stages: [stage] });
  }
  return [...steps.values()];
}

/** Compared in every language, so that the same steps are one in all of them, whichever language was written first. */
function inOrder(wording: Wording): readonly (readonly [string, string])[] {
  return Object.entries(wording).sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * The code of the step to which a stage belongs.
 * @throws Error when the procedure has no such stage
 */
export function stepOf(procedure: Procedure, stage: string): string {
  const step = publicSteps(procedure).find(({ stages }) => stages.includes(stageOf(procedure, stage)));
  return step?.code ?? stage;
}

/**
 * The ways that the public is told of: to which other steps a step can lead, each once, whoever takes it there and by what. All that is said or drawn of what
 * can follow comes from here.
 */
export function stepsAfter({ actions }: Procedure, steps: readonly PublicStep[], step: PublicStep): readonly PublicStep[] {
  const codes = step.stages.map(({ code }) => code);
  const leaving = new Set(actions.filter(({ from }) => from.some((code) => codes.includes(code))).map(({ to }) => to));
  return steps.filter((other) => other !== step && other.stages.some(({ code }) => leaving.has(code)));
}
