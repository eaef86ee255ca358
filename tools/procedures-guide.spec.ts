import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockChanges, decide, formatProblem, NO_FACTS, parseProcedure, SYSTEM_ACTOR, triggeredActions } from '@recourse/domain';

/** The worked example of docs/procedures.md, put together from its YAML blocks. */
const guide = readFileSync(join(__dirname, '../docs/procedures.md'), 'utf8');
const example = [...guide.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = '']) => block).join('\n');

/** Without holidays. */
const calendars = new Map([['geneva', { code: 'geneva', timeZone: 'Europe/Zurich', weekend: [6, 7], holidays: [] }]]);

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

  it('shows how to wait for the complainant, and a clock that starts when they write', () => {
    const [actions = '', clocks = ''] = ['Waiting for the complainant', 'A clock that starts when'].map(
      (title) => /```\n([^]*?)```/.exec(guide.slice(guide.indexOf(`**${title}`)))?.[1],
    );
    const waiting = `  waiting:
    staffName: { en: Waiting, ar: انتظار }
    publicName: { en: We asked you, ar: سألناك }
    publicMeaning: { en: We wait for your answer., ar: ننتظر جوابك. }
    publicNext: { en: Then we go on., ar: ثم نتابع. }
    clocks: { wait: { name: { en: Wait, ar: انتظار }, within: 15 working_days, ladder: [{ after: 1 working_day, tell: director }] } }
  closed:\n    end: true`;
    const text = `${example.replace('  closed:\n    end: true', waiting)}${actions}${clocks}`;
    const parsed = parseProcedure(text, 'harbour.yaml', { calendars: ['geneva'], procedures: [] });
    expect(parsed.ok ? [] : parsed.problems.map(formatProblem)).toEqual([]);
    if (!parsed.ok) return;
    const { procedure } = parsed;
    const state = { stage: 'waiting', revision: 3, closed: false };
    const acting = triggeredActions(procedure, state, { trigger: 'complainant_wrote' }).map(({ code }) => code);
    expect(acting).toEqual(['answer_came']);
    const decision = decide(procedure, state, NO_FACTS, SYSTEM_ACTOR, 'answer_came');
    const now = new Date('2026-03-02T10:00:00Z');
    const changes = decision.ok ? clockChanges(procedure, decision, [], now, calendars, new Map()) : [];
    expect(changes.flatMap((change) => (change.change === 'started' ? [[change.clock, change.dueAt.toISOString()]] : []))).toContainEqual([
      'decide_after_answer',
      '2026-03-16T22:59:59.999Z',
    ]);
  });
});
