import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatProblem, type Problem } from '@recourse/domain';
import { EXIT, type CommandContext } from './command';

/** A document that was named on the command line. */
export interface GivenDocument {
  readonly text: string;
  /** Its name without folders, for messages. */
  readonly fileName: string;
}

/** @returns undefined when the file cannot be read; that was told, and the exit code is `EXIT.noInput` */
export async function readDocument({ note }: Pick<CommandContext, 'note'>, file: string): Promise<GivenDocument | undefined> {
  try {
    return { text: await readFile(file, 'utf8'), fileName: basename(file) };
  } catch (error) {
    note(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`);
    return undefined;
  }
}

/** Lists every mistake of a document. @returns the exit code */
export function tellProblems({ say, note }: Pick<CommandContext, 'say' | 'note'>, problems: readonly Problem[]): number {
  problems.map(formatProblem).forEach(say);
  note(problems.length === 1 ? 'One mistake.' : `${problems.length} mistakes.`);
  return EXIT.refused;
}
