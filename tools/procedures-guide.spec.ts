import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, parseProcedure } from '@recourse/domain';

/** The worked example of docs/procedures.md, put together from its YAML blocks. */
const guide = readFileSync(join(__dirname, '../docs/procedures.md'), 'utf8');
const example = [...guide.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = '']) => block).join('\n');

function problems(text: string): string[] {
  const parsed = parseProcedure(text, 'harbour.yaml', { calendars: ['geneva'], procedures: [] });
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
}

describe('docs/procedures.md', () => {
  it('works through an example without mistakes', () => {
    expect(example).toContain('procedure: harbour');
    expect(problems(example)).toEqual([]);
  });

  it('shows messages that the check really gives', () => {
    const withoutEnd = example
      .replace('          - { after: 3 working_days, tell: director }\n', '')
      .replace('tell: team_lead', 'tell: desk');
    const withoutLetter = example.replace(
      'times: 1 } }\n    reason: required\n    message: required',
      'times: 1 } }\n    reason: required',
    );
    const lines = [...problems(withoutEnd), ...problems(withoutLetter)];
    for (const line of lines) expect(guide).toContain(line);
    expect(lines).toHaveLength(2);
  });
});
