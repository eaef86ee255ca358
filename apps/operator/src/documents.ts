import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatProblem, type Problem } from '@recourse/domain';
import { EXIT, type CommandContext } from './command';
import { counted } from './counted';

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
    note(`${file} cannot be read: ${whyNot(error)}`);
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

/** What the system says, in words. */
const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  ENOTDIR: 'there is no such file.',
  EISDIR: 'it is a folder. Name the file in it.',
  EACCES: 'whoever runs this command is not allowed to read it.',
  EPERM: 'whoever runs this command is not allowed to read it.',
};

function whyNot(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return WHY_NOT[code] ?? (error instanceof Error ? error.message : 'unknown reason');
}

/** @returns undefined for other encodings than UTF-8; UTF-16 without a mark at its beginning is valid UTF-8 full of NUL */
function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? new TextDecoder().decode(bytes) : undefined;
}

/** Lists every mistake of a document. @returns the exit code */
export function tellProblems({ say, note }: Pick<CommandContext, 'say' | 'note'>, problems: readonly Problem[]): number {
  problems.map(formatProblem).forEach(say);
  note(problems.length === 1 ? 'One mistake.' : `${counted(problems.length, 'mistake')}.`);
  return EXIT.refused;
}
