import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A procedure with one mistake, and where the mistake must be reported. */
export interface BrokenFile {
  readonly code: string;
  readonly line: number;
  /** Part of the message with its hint. */
  readonly says: string;
  readonly text: string;
}

const folder = join(__dirname, 'broken');

/** Every broken example by its name. Its first lines say what is wrong: `# Refused at line 12: unknown_stage`, and `# Says: part of the message`. */
export function brokenFiles(): [name: string, example: BrokenFile][] {
  return readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const [, line, code] = /^# Refused at line (\d+): ([a-z_]+)$/m.exec(text) ?? [];
    if (line === undefined || code === undefined) throw new Error(`${name} does not say what is wrong with it`);
    return [name, { code, line: Number(line), says: /^# Says: (.*)$/m.exec(text)?.[1] ?? '', text }];
  });
}
