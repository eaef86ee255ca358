import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TeamHolders } from '../src';

/** A procedure with one mistake, and where the mistake must be reported. */
export interface BrokenFile {
  readonly code: string;
  readonly line: number;
  /** Part of the message with its hint. */
  readonly says: string;
  readonly text: string;
  /** Who is there, where that is what is wrong. */
  readonly holders?: readonly TeamHolders[];
}

const folder = join(__dirname, 'broken');

/** Every broken example by its name. Its first lines say what is wrong: `# Refused at line 12: unknown_stage`, `# Says: part of the message`, and `# Team desk: officer, director`. */
export function brokenFiles(): [name: string, example: BrokenFile][] {
  return readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const [, line, code] = /^# Refused at line (\d+): ([a-z_]+)$/m.exec(text) ?? [];
    if (line === undefined || code === undefined) throw new Error(`${name} does not say what is wrong with it`);
    const holders = [...text.matchAll(/^# Team (\w+): (.*)$/gm)].map(([, team = '', roles = '']): TeamHolders => {
      return { team, holders: Object.fromEntries(roles.split(', ').map((role) => [role, [`${role} of ${team}`]])) };
    });
    const says = /^# Says: (.*)$/m.exec(text)?.[1] ?? '';
    return [name, { code, line: Number(line), says, text, ...(holders.length > 0 && { holders }) }];
  });
}
