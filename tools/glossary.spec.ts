import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allClocks, CASE_EVENT_TYPES, GUARD_NAMES, parseProcedure, type Procedure, STAFF_ROLES, TEAM_ROLES } from '@recourse/domain';

/**
 * The glossary is the style guide: every code of ours has a line in it, and it has no line for what is gone. What a procedure names has its line on
 * the procedure's own page, to which the glossary leads.
 */

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

/** Codes in the table below a heading, each with the cells that follow it. */
function rowsUnder(heading: string, page = glossary): readonly { code: string; meaning: string }[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([a-z_]+)` \| (.*) \|$/gm)].map(([, code = '', meaning = '']) => ({ code, meaning }));
}

const tables: readonly (readonly [heading: string, codes: readonly string[]])[] = [
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

const named = (codes: readonly { readonly code: string }[]): readonly string[] => codes.map(({ code }) => code);

describe.each(procedures.map((procedure) => [procedure.procedure, procedure] as const))(
  'the page of the procedure %s',
  (code, procedure) => {
    const path = `generated/procedures/${code}.md`;

    it('is one to which the glossary leads', () => {
      expect(glossary).toContain(`- [${code}](${path}): `);
    });

    it.each([
      ['Stages', named(procedure.stages)],
      ['Actions', named(procedure.actions)],
      ['Facts', named(procedure.facts)],
      ['Clocks', named(allClocks(procedure))],
      ['Closing outcomes', named(procedure.closingOutcomes)],
    ])('says what each means: %s', (heading, codes) => {
      const rows = rowsUnder(heading, readFileSync(join(root, 'docs', path), 'utf8'));
      expect(named(rows)).toEqual(codes);
      expect(named(rows.filter(({ meaning }) => !/^[A-Z]/.test(meaning)))).toEqual([]);
    });
  },
);
