import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CASE_EVENT_TYPES, GUARD_NAMES, parseProcedure, type Procedure, STAFF_ROLES, TEAM_ROLES } from '@recourse/domain';

/** The glossary is the style guide: every code has a line in it, and it has no line for what is gone. */

const root = resolve(__dirname, '..');
const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
const folder = join(root, 'libs/domain/procedures');
const procedures = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => shipped(name));

function shipped(name: string): Procedure {
  const parsed = parseProcedure(readFileSync(join(folder, name), 'utf8'), name);
  if (!parsed.ok) throw new Error(`${name} has mistakes`);
  return parsed.procedure;
}

/** Codes in the table below a heading, each with whether its meaning is a sentence. */
function rowsUnder(heading: string): readonly { code: string; meaning: string }[] {
  const section = glossary.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([a-z_]+)` \| (.*) \|$/gm)].map(([, code = '', meaning = '']) => ({ code, meaning }));
}

const codesOf = (pick: (procedure: Procedure) => readonly { code: string }[]) =>
  procedures.flatMap((it) => pick(it).map(({ code }) => code));

const tables: readonly (readonly [heading: string, codes: readonly string[]])[] = [
  ['Stages', codesOf(({ stages }) => stages)],
  ['Actions', codesOf(({ actions }) => actions)],
  ['Clocks', codesOf(({ stages }) => stages.flatMap(({ clocks }) => clocks))],
  ['Outcomes', codesOf(({ closingOutcomes }) => closingOutcomes)],
  ['Guards', GUARD_NAMES],
  ['Events', CASE_EVENT_TYPES],
  ['Staff roles', STAFF_ROLES],
  ['Team roles', TEAM_ROLES],
];

describe('the glossary', () => {
  it.each(tables)('has a line for each of: %s', (heading, codes) => {
    expect(rowsUnder(heading).map(({ code }) => code)).toEqual([...new Set(codes)]);
  });

  it.each(tables)('says what each means: %s', (heading) => {
    expect(rowsUnder(heading).filter(({ meaning }) => !/^[A-Z].{10,}\.$/.test(meaning))).toEqual([]);
  });
});
