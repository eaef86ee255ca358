import { brokenFiles } from '../../test-support/broken-files';
import { FULL_PROCEDURE, SMALL_PROCEDURE } from '../../test-support/small-procedure';
import { formatProblem, PROCEDURE_PROBLEM_CODES, type Problem } from './problem';
import { parseProcedure } from './parse-procedure';
import type { TeamHolders } from './prove-approval';

function problemsOf(text: string, holders?: readonly TeamHolders[]): readonly Problem[] {
  const surroundings = {
    calendars: ['geneva', 'gulf'],
    procedures: ['small', 'full'],
    languages: ['en', 'ar'],
    ...(holders && { holders }),
  };
  const parsed = parseProcedure(text, 'broken.yaml', surroundings);
  return parsed.ok ? [] : parsed.problems;
}

const SENTENCE = expect.stringMatching(/^[^ a-z].*[.?!]$/s) as unknown;

/** So many lines. */
function many(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join('\n');
}

describe('every mistake that a procedure can have', () => {
  const told = new Map<string, readonly Problem[]>();

  it.each(brokenFiles())('is reported where the file says: %s', (name, { code, line, says, text, holders }) => {
    const problems = problemsOf(text, holders);
    told.set(name, problems);
    const found = problems.find((problem) => problem.code === code && problem.line === line);
    expect({ found, all: problems.map(formatProblem) }).toMatchObject({ found: { code, line } });
    // What is wrong, and how to mend it: a sentence each.
    expect(found).toMatchObject({ message: SENTENCE, hint: SENTENCE });
    expect(formatProblem(found!)).toContain(says);
  });

  it.each(brokenFiles())('%s is the same mistake in a file with Windows line ends', (name, { text, holders }) => {
    const otherwise = told.get(name) ?? problemsOf(text, holders);
    expect(problemsOf(text.replace(/\n/g, '\r\n'), holders).map(formatProblem)).toEqual(otherwise.map(formatProblem));
  });

  it('has a broken file for each code, and each file is about one of them', () => {
    const shown = [...new Set(brokenFiles().map(([, { code }]) => code))];
    expect(shown.sort()).toEqual([...PROCEDURE_PROBLEM_CODES].sort());
  });

  it.each([
    ['brackets', `initial: ${'['.repeat(60_000)}`],
    ['dashes', `initial:\n  ${'- '.repeat(60_000)}a`],
  ])('does not end the process: sixty thousand %s', (_what, deep) => {
    expect(problemsOf(SMALL_PROCEDURE.replace('initial: open', deep)).map(({ code }) => code)).toEqual(['too_deep']);
  });
});

describe('parseProcedure', () => {
  it('takes the small procedure as it is', () => {
    expect(problemsOf(SMALL_PROCEDURE)).toEqual([]);
  });

  it('takes the full procedure as it is', () => {
    expect(problemsOf(FULL_PROCEDURE)).toEqual([]);
  });

  it('does not let one person be both, on any team, when it is told who holds which role', () => {
    const check = (...holders: TeamHolders['holders'][]) => {
      const teams = holders.map((held, index) => ({ team: index === 0 ? 'desk' : 'field', holders: held }));
      const parsed = parseProcedure(FULL_PROCEDURE, 'full.yaml', { holders: teams });
      return parsed.ok ? [] : parsed.problems.map(formatProblem);
    };
    const alone = (team: string) =>
      expect.stringMatching(
        `^full.yaml:\\d+:\\d+ approver_is_actor: On the team “${team}” one person alone may take “finish” and agree to it. Add a second person`,
      ) as unknown;
    const nobody = expect.stringContaining(
      'Nobody on the team “desk” may agree to “finish”. Add a person with one of these roles',
    ) as unknown;
    expect(check({ supervisor: ['a'], director: ['a'] })).toEqual([alone('desk')]);
    expect(check({ supervisor: ['a'], director: [] })).toEqual([nobody]);
    const cannotClose = expect.stringMatching(
      / team_cannot_close: Nobody on the team “desk” can ever close .* supervisor; or let another/,
    ) as unknown;
    expect(check({})).toEqual([cannotClose, nobody]);
    expect(check({ director: ['a'] })).toEqual([cannotClose]);
    expect(check({ supervisor: ['a', 'b'], director: ['a'] })).toEqual([]);
    expect(check({ supervisor: ['a'], director: ['b'] })).toEqual([]);
    expect(check({ supervisor: ['a'], director: ['b'] }, { supervisor: ['c'], director: ['c'] })).toEqual([alone('field')]);
    expect(check()).toEqual([]);
  });

  it('asks of each team whether somebody can do what leads to an end, and tells it where staff are to come', () => {
    const [, example] = brokenFiles().find(([name]) => name === 'team_cannot_close-on-the-way.yaml') ?? [];
    const { text = '', holders = [] } = example ?? {};
    expect(parseProcedure(text, 'p.yaml')).toMatchObject({ ok: true, unstaffed: [] });
    const [desk, field] = holders;
    expect(problemsOf(text, [desk!])).not.toContainEqual(expect.objectContaining({ code: 'team_cannot_close' }));
    const told = parseProcedure(text, 'p.yaml', { holders, staffing: 'to_come' });
    expect(told).toMatchObject({ ok: true, unstaffed: [{ code: 'team_cannot_close', line: example?.line }] });
    const alone = [{ team: 'field', holders: { ...field?.holders, supervisor: ['a'] } }];
    expect(parseProcedure(text, 'p.yaml', { holders: alone })).toMatchObject({ ok: true, unstaffed: [] });
  });

  it('tells of what nobody may agree to where staff are to come, and refuses what no institution could', () => {
    const holders = [{ team: 'desk', holders: { supervisor: ['a'] } }];
    const told = parseProcedure(FULL_PROCEDURE, 'full.yaml', { holders, staffing: 'to_come' });
    expect(told).toMatchObject({ ok: true, unstaffed: [{ code: 'approver_is_actor' }] });
    const alone = FULL_PROCEDURE.replace('roles: [supervisor]\n    guards: [company', 'roles: [director]\n    guards: [company');
    const refused = parseProcedure(alone, 'full.yaml', { holders: [], staffing: 'to_come' });
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'approver_is_actor' }] });
  });

  it('lists mistakes of every kind at once, in the order of the lines', () => {
    const text = SMALL_PROCEDURE.replace('version: 1', 'version: -1')
      .replace('within: 5 working_days', 'within: 0 working_days')
      .replace('publicName: { en: Waiting, ar: انتظار }', 'publicName: { en: Waiting }')
      .replace('limit: 20', 'limt: 20')
      .replace('outcomes: [done, dropped]', 'outcomes: [done, gone]');
    expect(problemsOf(text).map(({ code }) => code)).toEqual([
      'invalid_version',
      'duration_not_positive',
      'missing_wording',
      'unknown_key',
      'unknown_outcome',
    ]);
  });

  it('takes a document with Windows line ends, and one with those of old Macs', () => {
    expect(problemsOf(SMALL_PROCEDURE.replace(/\n/g, '\r\n'))).toEqual([]);
    expect(problemsOf(FULL_PROCEDURE.replace(/\n/g, '\r'))).toEqual([]);
  });

  it('names each procedure that there is once, however many versions it has', () => {
    const parsed = parseProcedure(FULL_PROCEDURE.replace('opens: full', 'opens: elsewhere'), 'full.yaml', {
      procedures: ['small', 'small', 'other', 'small'],
    });
    expect(!parsed.ok && parsed.problems.map(({ hint }) => hint)).toEqual(['There are: small, other, full.']);
  });

  it.each([
    ['a rung that cannot be read: that nobody is told', 'after: 3 working_days', 'after: 3 days', ['invalid_duration']],
    ['a stage without a name: that there is no such stage', '  open:\n    staffName', '  __proto__:\n    staffName', ['invalid_code']],
  ])('does not say besides, of %s', (_what, replace, by, codes) => {
    expect(problemsOf(SMALL_PROCEDURE.replace(replace, by)).map(({ code }) => code)).toEqual(codes);
  });

  it('does not say of too many stages that one is not there', () => {
    const stages = many(10_000, (n) => `  s${n}: {}`);
    expect(problemsOf(SMALL_PROCEDURE.replace('stages:', `stages:\n${stages}`)).filter(({ code }) => code === 'unknown_stage')).toEqual([]);
  });

  it.each([
    ['5 days', 'Did you mean “5 working_days” or “5 calendar_days”?'],
    ['2 working days', 'Did you mean “2 working_days”?'],
    ['1 Working-Day', 'Did you mean “1 working_days”?'],
    ['5', 'A whole number and one of: minutes, hours'],
    ['five', 'A whole number and one of: minutes, hours'],
  ])('says what may have been meant by the duration “%s”', (typed, hint) => {
    const [problem] = problemsOf(SMALL_PROCEDURE.replace('within: 5 working_days', `within: ${typed}`));
    expect(problem).toMatchObject({
      code: 'invalid_duration',
      message: `“${typed}” is not a duration.`,
      hint: expect.stringContaining(hint) as unknown,
    });
  });

  it.each(['1e3', '0o17', '0x11', '!!int "1"', '1_0'])('does not take %s for the number of a version', (version) => {
    expect(problemsOf(SMALL_PROCEDURE.replace('version: 1', `version: ${version}`))).toMatchObject([{ line: 2 }]);
  });

  it('refuses a code that every object has already, wherever a code stands', () => {
    const text = SMALL_PROCEDURE.replace('      seen_on:', '      constructor:').replace(/\bdropped\b/g, 'constructor');
    expect(problemsOf(text).map(({ code, message }) => `${code} ${message}`)).toEqual(
      expect.arrayContaining(['invalid_code “constructor” cannot be a code: the software means something else by it.']),
    );
  });

  it('says that a character was lost', () => {
    expect(problemsOf(SMALL_PROCEDURE.replace('en: Open it is', 'en: Caf\uFFFD'))).toMatchObject([
      { code: 'text_not_clean', hint: 'Save the file as UTF-8.' },
    ]);
  });

  it.each([
    [
      'never_used',
      '  dropped:',
      FULL_PROCEDURE.replace('outcomes: [done, dropped]', 'outcomes: done').replace('outcomes: dropped', 'outcomes: done'),
      'No action closes',
    ],
    [
      'never_used',
      '  seen:',
      FULL_PROCEDURE.replace('facts:\n', 'facts:\n  seen: { en: Seen, ar: شوهد }\n'),
      'No action asks whether “seen” holds',
    ],
    ['nobody_is_written_to', 'ladder:', FULL_PROCEDURE, 'Nobody is written to when “feedback” stays undone'],
    ['falls_silent', 'ladder:', SMALL_PROCEDURE, 'Once its ladder is at its end, nobody is told any more that “patience” stays undone'],
    ...[
      ['4 calendar_days', '3 working_days'],
      ['2 working_days', '3 calendar_days'],
      ['4 working_hours', '48 hours'],
    ].map(([before = '', within = '']) => [
      'warning_at_start',
      'warnBefore:',
      SMALL_PROCEDURE.replace('[2 working_days, 1 working_day]', before).replace('within: 5 working_days', `within: ${within}`),
      `The warning of “answer” can come the moment it starts: ${before} can be as long as ${within}. Say both`,
    ]),
    [
      'times_differ',
      'whole: { extend: 2 months',
      FULL_PROCEDURE.replace(
        '  prolong:',
        `  prolong_much:
    name: { en: Take much longer, ar: خذ وقتاً أطول بكثير }
    from: open
    to: same
    roles: officer
    reason: required
    message: required
    changesClocks: { whole: { extend: 2 months, times: 1 } }
  prolong:`,
      ),
      'Another action gives “whole” more time, once. They count together: this one can be taken until it was given 2 times',
    ],
  ])('warns and does not refuse: %s', (code, _place, text, says) => {
    const parsed = parseProcedure(text, 'full.yaml');
    expect(parsed.ok && parsed.warnings.map(formatProblem)).toContainEqual(
      expect.stringMatching(new RegExp(`^full\\.yaml:\\d+:\\d+ ${code}: .*${says}`)),
    );
  });

  it.each([
    ['2 working_days', '5 working_days'],
    ['4 working_hours', '2 working_days'],
    ['2 calendar_days', '3 working_days'],
    ['5 working_days', '30 calendar_days'],
    ['1 week', '1 month'],
  ])('does not warn of a warning of %s within %s, nor of a ladder that is repeated', (before, within) => {
    const text = SMALL_PROCEDURE.replace('[2 working_days, 1 working_day]', before).replace('within: 5 working_days', `within: ${within}`);
    const parsed = parseProcedure(text, 'small.yaml');
    expect(parsed.ok && parsed.warnings.map(({ message }) => message)).toEqual([expect.stringContaining('“patience”')]);
  });

  it('does not blame other lines for a misspelt key', () => {
    const text = SMALL_PROCEDURE.replace(/(finish:[^]*?)from: open/, '$1form: open');
    expect(problemsOf(text).map(({ code }) => code)).toEqual(['missing_key', 'unknown_key']);
  });

  it('stops listing when a document is broken all over', () => {
    const problems = problemsOf(`${SMALL_PROCEDURE}\n${many(5000, (n) => `  x${n}: 1`)}`);
    expect(problems.length).toBeLessThanOrEqual(201);
    expect(problems.at(-1)).toMatchObject({ code: 'too_many' });
  });

  it('refuses ten thousand stages in little time', () => {
    const stages = many(10_000, (n) => `  s${n}: {}`);
    const started = performance.now();
    const problems = problemsOf(SMALL_PROCEDURE.replace('stages:', `stages:\n${stages}`));
    // Alone: the stages that were read are not blamed one by one.
    expect(problems.map(({ code }) => code)).toEqual(['too_many']);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it.each([
    ['99999999999999 months', 'duration_too_long', 'more than ten years'],
    ['2147483648 minutes', 'duration_too_long', 'more than ten years'],
    ['.nan', 'invalid_duration', '“.nan” is not a duration'],
  ])('says what is wrong with a duration of %s', (typed, code, message) => {
    const [problem] = problemsOf(SMALL_PROCEDURE.replace(/within: [^,\n}]+/, `within: ${typed}`));
    expect(problem).toMatchObject({ code, message: expect.stringContaining(message) as unknown });
  });

  it('says of a key without a value that the value is missing, and nothing of quotes', () => {
    const [problem] = problemsOf(SMALL_PROCEDURE.replace(/initial: .*/, 'initial:'));
    expect(problem).toMatchObject({ code: 'wrong_type', hint: 'The value is missing: write it after the colon.' });
  });

  it.each(['', '\n\n', '# nothing but a comment', 'null', '[]', '42', '---\na: 1\n---\nb: 2', '\t', '%YAML 9.9\n---\n'])(
    'answers with problems, and does not throw, for %j',
    (text) => {
      const problems = problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const { line, column } of problems) expect([line >= 1, column >= 1]).toEqual([true, true]);
    },
  );

  it('does not check calendars when it is not told which there are', () => {
    expect(parseProcedure(SMALL_PROCEDURE.replace('gulf', 'elsewhere'), 'small.yaml').ok).toBe(true);
  });
});

describe('formatProblem', () => {
  it('prints a problem as compilers do', () => {
    const message = 'There is no stage “x”.';
    expect(formatProblem({ file: 'a.yaml', line: 3, column: 7, code: 'unknown_stage', message, hint: 'Did you mean “y”?' })).toBe(
      'a.yaml:3:7 unknown_stage: There is no stage “x”. Did you mean “y”?',
    );
  });
});
