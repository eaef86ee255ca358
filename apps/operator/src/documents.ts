import { isUtf8 } from 'node:buffer';
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
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    note(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`);
    return undefined;
  }
  const text = textOf(bytes);
  if (text === undefined) {
    note(
      `${file} is not written in UTF-8, so letters of it would be lost. Open it in the program that wrote it and save it with the encoding UTF-8.`,
    );
    return undefined;
  }
  return { text, fileName: basename(file) };
}

/** @returns undefined for other encodings than UTF-8; UTF-16 without a mark at its beginning is valid UTF-8 full of NUL */
function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? new TextDecoder().decode(bytes) : undefined;
}

/** Lists every mistake of a document. @returns the exit code */
export function tellProblems({ say, note }: Pick<CommandContext, 'say' | 'note'>, problems: readonly Problem[]): number {
  problems.map(formatProblem).forEach(say);
  note(problems.length === 1 ? 'One mistake.' : `${problems.length} mistakes.`);
  return EXIT.refused;
}
