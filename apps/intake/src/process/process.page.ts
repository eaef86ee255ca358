import type { Duration, Procedure, Stage, Wording } from '@recourse/domain';

/** One step of the procedure as somebody reads it who has not complained yet. */
export interface StagePage {
  readonly code: string;
  readonly name: string;
  readonly meaning: string;
  readonly next: string;
  /** The time limit of the stage; absent where the complaint ends. */
  readonly within: Duration | undefined;
  readonly isEnd: boolean;
}

/** All steps of a procedure in one language, in the order of its document. */
export function processPage(procedure: Procedure, language: string): readonly StagePage[] {
  return procedure.stages.map((stage) => ({
    code: stage.code,
    name: wordingIn(stage.publicName, language),
    meaning: wordingIn(stage.publicMeaning, language),
    next: wordingIn(stage.publicNext, language),
    within: timeLimit(stage),
    isEnd: stage.isEnd,
  }));
}

/** A stage may have several clocks; the first of the document is the one that says when it is over. */
function timeLimit(stage: Stage): Duration | undefined {
  return stage.clocks[0]?.within;
}

/** A procedure may have been published before a language was added: then its first language is better than nothing. */
export function wordingIn(wording: Wording, language: string): string {
  return wording[language] ?? Object.values(wording)[0] ?? '';
}
