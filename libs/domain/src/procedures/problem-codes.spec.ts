import { SMALL_PROCEDURE } from '../../test-support/small-procedure';
import { formatProblem, PROCEDURE_PROBLEM_CODES, type Problem, type ProblemCode } from './problem';
import { parseProcedure } from './parse-procedure';

/** A mistake made in the small procedure: what is replaced by what, and the text on whose line it must be reported. */
interface BrokenExample {
  readonly code: ProblemCode;
  readonly replace: string | RegExp;
  readonly by: string;
  /** A second replacement, where the mistake needs two. */
  readonly also?: readonly [string, string];
  readonly reportedAt: string;
  readonly says?: string;
}

const LONELY_STAGE = `  lonely:
    staffName: { en: Lonely, ar: وحيد }
    publicName: { en: Lonely, ar: وحيد }
    publicMeaning: { en: Lonely, ar: وحيد }
    publicNext: { en: Lonely, ar: وحيد }
    end: true
actions:`;

const broken: readonly BrokenExample[] = [
  { code: 'not_yaml', replace: 'initial: open', by: 'initial: [open', reportedAt: 'outcomes:' },
  { code: 'not_yaml', replace: 'initial: open', by: 'initial: !secret open', reportedAt: 'initial:' },
  { code: 'too_large', replace: /$/, by: `\n# ${'x'.repeat(262_144)}`, reportedAt: 'procedure: small' },
  { code: 'too_deep', replace: 'initial: open', by: `initial: ${'['.repeat(60_000)}`, reportedAt: 'procedure: small' },
  {
    code: 'too_deep',
    replace: 'initial: open',
    by: `initial:
  ${'- '.repeat(60_000)}a`,
    reportedAt: 'procedure: small',
  },
  {
    code: 'too_deep',
    replace: 'initial: open',
    by: `initial:
${many(150, (n) => `${' '.repeat(n + 1)}a:`)}`,
    reportedAt: 'procedure: small',
  },
  {
    code: 'too_many',
    replace: 'from: open\n    to: waiting',
    by: `from: [${'open, '.repeat(101)}open]\n    to: waiting`,
    reportedAt: '[open, open, open',
  },
  { code: 'too_many', replace: 'initial: open', by: `initial: open\n${many(300, (n) => `x${n}: 1`)}`, reportedAt: 'procedure: small' },
  {
    code: 'alias_not_allowed',
    replace: 'publicName: { en: It was dropped, ar: تُرك }',
    by: 'publicName: *anything',
    reportedAt: '*anything',
  },
  { code: 'wrong_type', replace: 'initial: open', by: 'initial: 12', reportedAt: 'initial: 12' },
  { code: 'wrong_type', replace: 'calendar: geneva', by: 'calendar:', reportedAt: 'calendar:' },
  { code: 'wrong_type', replace: 'languages: [en, ar]', by: 'languages: en', reportedAt: 'languages: en' },
  { code: 'wrong_type', replace: 'end: true', by: "end: 'yes'", reportedAt: "end: 'yes'" },
  { code: 'wrong_type', replace: 'title: { en: Small, ar: صغير }', by: "title: { en: '', ar: صغير }", reportedAt: 'title:' },
  { code: 'wrong_type', replace: 'title: { en: Small, ar: صغير }', by: 'title: Small', reportedAt: 'title: Small' },
  { code: 'wrong_type', replace: 'done:\n    staffName', by: '12:\n    staffName', reportedAt: '12:' },
  {
    code: 'unknown_key',
    replace: 'roles: [supervisor]\n    guards',
    by: 'role: [supervisor]\n    guards',
    reportedAt: 'role: [',
    says: 'Did you mean “roles”?',
  },
  { code: 'unknown_key', replace: 'warnBefore', by: 'warnBefor', reportedAt: 'warnBefor:', says: 'Did you mean “warnBefore”?' },
  {
    code: 'unknown_key',
    replace: 'version: 1',
    by: 'version: 1\nauthor: somebody',
    reportedAt: 'author:',
    says: 'Known here: procedure, version',
  },
  { code: 'missing_key', replace: 'initial: open\n', by: '', reportedAt: 'procedure: small', says: '“initial” is missing' },
  {
    code: 'missing_key',
    replace: '    from: open\n    to: finished',
    by: '    to: finished',
    reportedAt: '  finish:',
    says: '“from” is missing',
  },
  { code: 'duplicate_code', replace: '  go_on:', by: '  ask:', reportedAt: '  ask:\n    name: { en: Go on', says: '“ask” is here twice' },
  { code: 'duplicate_code', replace: '      patience:', by: '      answer:', reportedAt: '      answer:\n        within: 30' },
  { code: 'duplicate_code', replace: 'version: 1', by: 'version: 1\nversion: 2', reportedAt: 'version: 2' },
  { code: 'invalid_code', replace: 'procedure: small', by: 'procedure: Small-One', reportedAt: 'procedure:' },
  { code: 'invalid_code', replace: '  waiting:\n    staffName', by: '  same:\n    staffName', reportedAt: '  same:' },
  { code: 'empty_list', replace: 'guards: [company_named, consent_to_notify_company]', by: 'guards: []', reportedAt: 'guards: []' },
  {
    code: 'listed_twice',
    replace: 'roles: [officer, supervisor]',
    by: 'roles: [officer, officer]',
    reportedAt: 'roles: [officer, officer]',
  },
  { code: 'listed_twice', replace: 'languages: [en, ar]', by: 'languages: [en, ar, en]', reportedAt: 'languages:' },
  { code: 'invalid_version', replace: 'version: 1', by: 'version: 0', reportedAt: 'version: 0' },
  { code: 'invalid_version', replace: 'version: 1', by: 'version: 1.5', reportedAt: 'version: 1.5' },
  { code: 'invalid_language', replace: 'languages: [en, ar]', by: 'languages: [en, ar, pt_mz]', reportedAt: 'languages:' },
  { code: 'invalid_duration', replace: 'within: 5 working_days', by: 'within: five days', reportedAt: 'within: five' },
  {
    code: 'invalid_duration',
    replace: 'within: 5 working_days',
    by: 'within: 5 workingdays',
    reportedAt: 'within: 5 workingdays',
    says: 'Did you mean “working_days”?',
  },
  { code: 'duration_not_positive', replace: 'within: 5 working_days', by: 'within: 0 working_days', reportedAt: 'within: 0' },
  { code: 'duration_not_positive', replace: 'after: 3 working_days', by: 'after: -3 working_days', reportedAt: 'after: -3' },
  { code: 'duration_too_long', replace: 'within: 5 working_days', by: 'within: 999 months', reportedAt: 'within: 999' },
  {
    code: 'unknown_value',
    replace: 'roles: [officer, supervisor]',
    by: 'roles: [oficer, supervisor]',
    reportedAt: 'oficer',
    says: 'Did you mean “officer”?',
  },
  { code: 'unknown_value', replace: 'tell: director', by: 'tell: everybody', reportedAt: 'tell: everybody', says: 'Known: assignee' },
  { code: 'unknown_value', replace: 'trigger: complainant_wrote', by: 'trigger: complainant_sang', reportedAt: 'trigger:' },
  {
    code: 'missing_wording',
    replace: 'title: { en: Small, ar: صغير }',
    by: 'title: { en: Small }',
    reportedAt: 'title:',
    says: '“ar” is missing',
  },
  {
    code: 'missing_wording',
    replace: 'visit: { en: Visit, ar: زيارة }',
    by: 'visit: { ar: زيارة }',
    reportedAt: 'visit:',
    says: '“en” is missing',
  },
  { code: 'unknown_language', replace: 'ar: صغير }', by: 'ar: صغير, fr: Petit }', reportedAt: 'title:', says: '“fr”' },
  { code: 'text_too_long', replace: 'en: Open it is', by: `en: ${'x'.repeat(2001)}`, reportedAt: 'publicMeaning: { en: xxx' },
  { code: 'text_not_clean', replace: 'en: Open it is', by: 'en: "Open \u202E si ti"', reportedAt: 'publicMeaning: { en: "Open' },
  { code: 'invalid_limit', replace: 'limit: 20', by: 'limit: 0', reportedAt: 'limit: 0' },
  { code: 'invalid_limit', replace: 'type: company', by: 'type: company\n        limit: 5', reportedAt: 'limit: 5' },
  {
    code: 'invalid_limit',
    replace: 'type: company',
    by: 'type: company\n        notInFuture: true',
    reportedAt: 'notInFuture: true\n        label: { en: Company',
  },
  { code: 'unknown_stage', replace: 'initial: open', by: 'initial: opened', reportedAt: 'initial: opened' },
  {
    code: 'unknown_stage',
    replace: 'from: [open, waiting]\n    to: same',
    by: 'from: [open, wating]\n    to: same',
    reportedAt: 'wating',
    says: 'Did you mean “waiting”?',
  },
  {
    code: 'unknown_guard',
    replace: 'guards: [company_named,',
    by: 'guards: [company_name,',
    reportedAt: 'guards:',
    says: 'Did you mean “company_named”?',
  },
  {
    code: 'unknown_outcome',
    replace: 'outcomes: [done, dropped]',
    by: 'outcomes: [done, droped]',
    reportedAt: 'droped',
    says: 'Did you mean “dropped”?',
  },
  { code: 'unknown_calendar', replace: 'calendar: gulf', by: 'calendar: golf', reportedAt: 'calendar: golf', says: 'Did you mean “gulf”?' },
  {
    code: 'unknown_calendar',
    replace: 'calendar: geneva',
    by: 'calendar: mars',
    reportedAt: 'calendar: mars',
    says: 'There are: geneva, gulf',
  },
  { code: 'unreachable_stage', replace: 'actions:', by: LONELY_STAGE, reportedAt: '  lonely:' },
  // Only the software leads out of it, when the complainant writes, and perhaps they never do.
  {
    code: 'stage_without_way_out',
    replace: / {2}go_on:[^]*?(?= {2}note:)/,
    by: '',
    also: ['from: [open, waiting]\n    to: finished', 'from: open\n    to: finished'],
    reportedAt: '  waiting:',
    says: 'No person can lead',
  },
  // People can go to and fro, and only the software could end it.
  {
    code: 'stage_without_way_out',
    replace: /roles: \[supervisor\]/g,
    by: 'roles: system\n    trigger: complainant_wrote',
    reportedAt: '  open:',
    says: 'round in circles',
  },
  { code: 'stage_without_clock', replace: / {4}clocks:\n {6}patience:[^]*?director }\n/, by: '', reportedAt: '  waiting:' },
  {
    code: 'end_with_clock',
    replace: 'end: true',
    by: 'end: true\n    clocks:\n      late: { within: 1 weeks, ladder: [{ after: 1 weeks, tell: director }] }',
    reportedAt: 'clocks:\n      late',
  },
  { code: 'initial_is_end', replace: 'initial: open', by: 'initial: finished', reportedAt: '  finished:' },
  {
    code: 'action_from_end',
    replace: 'from: [open, waiting]\n    to: same',
    by: 'from: [open, finished]\n    to: same',
    reportedAt: 'from: [open, finished]',
  },
  { code: 'action_moves_nowhere', replace: 'to: same', by: 'to: open', reportedAt: 'to: open\n    roles: officer\n    establishes' },
  {
    code: 'action_nobody_may_take',
    replace: 'roles: [supervisor]\n    guards',
    by: 'roles: [administrator]\n    guards',
    reportedAt: 'roles: [administrator]',
  },
  { code: 'system_without_trigger', replace: '    trigger: complainant_wrote\n', by: '', reportedAt: 'roles: system' },
  { code: 'trigger_without_system', replace: 'roles: system', by: 'roles: officer', reportedAt: 'trigger:' },
  {
    code: 'trigger_ambiguous',
    replace: '    roles: officer\n    clocks: resume',
    by: '    roles: [officer, system]\n    trigger: complainant_wrote\n    clocks: resume',
    reportedAt: 'trigger: complainant_wrote\n    clocks: resume\n  note',
  },
  { code: 'system_cannot_answer', replace: 'roles: system', by: 'roles: system\n    reason: required', reportedAt: '  answered:' },
  {
    code: 'end_without_outcome',
    replace: '    outcomes: dropped\n',
    by: '',
    reportedAt: 'to: finished\n    roles: [supervisor]\n    reason: optional',
  },
  { code: 'outcome_without_end', replace: 'to: same', by: 'to: same\n    outcomes: done', reportedAt: 'outcomes: done' },
  { code: 'choice_without_choices', replace: / {8}choices:\n.*\n.*\n/, by: '', reportedAt: '      way:' },
  { code: 'choices_without_choice', replace: 'type: choice', by: 'type: boolean', reportedAt: 'choices:' },
  { code: 'text_not_sealed', replace: 'limit: 20', by: 'limit: 20\n        sealed: false', reportedAt: 'sealed: false' },
  {
    code: 'clock_without_person',
    replace: 'tell: supervisor',
    by: 'tell: desk',
    reportedAt: 'tell: desk',
    says: 'team_lead, supervisor, director',
  },
  { code: 'clock_without_person', replace: / {8}ladder:\n.*director }\n/, by: '', reportedAt: '      patience:' },
  { code: 'ladder_not_rising', replace: 'after: 3 working_days', by: 'after: 1 calendar_days', reportedAt: 'after: 1 calendar_days' },
  {
    code: 'warning_out_of_order',
    replace: '[2 working_days, 1 working_day]',
    by: '[1 working_day, 2 working_days]',
    reportedAt: 'warnBefore:',
  },
  { code: 'warning_before_start', replace: '[2 working_days,', by: '[1 week,', reportedAt: 'warnBefore:' },
  { code: 'clocks_kept_while_moving', replace: 'clocks: pause', by: 'clocks: keep', reportedAt: 'clocks: keep' },
  { code: 'clocks_changed_while_staying', replace: 'to: same', by: 'to: same\n    clocks: finish', reportedAt: 'clocks: finish' },
  { code: 'pause_without_resume', replace: /clocks: resume/g, by: 'clocks: finish', reportedAt: 'clocks: pause' },
  { code: 'resume_without_pause', replace: 'clocks: pause', by: 'clocks: finish', reportedAt: 'clocks: resume' },
  {
    code: 'guard_never_met',
    replace: 'establishes: consent_to_notify_company',
    by: 'revokes: consent_to_notify_company',
    reportedAt: 'guards:',
  },
];

function many(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join('\n');
}

function textOf({ replace, by, also }: BrokenExample): string {
  const text = SMALL_PROCEDURE.replace(replace, by);
  return also ? text.replace(also[0], also[1]) : text;
}

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseProcedure(text, 'broken.yaml', { calendars: ['geneva', 'gulf'] });
  return parsed.ok ? [] : parsed.problems;
}

function lineOf(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at < 0) throw new Error(`the example does not contain ${part}`);
  return text.slice(0, at).split('\n').length;
}

describe('every mistake that a procedure can have', () => {
  it.each(broken.map((example) => [example.code, example.reportedAt.split('\n')[0] ?? '', example] as const))(
    '%s is reported at “%s”',
    (_code, _place, example) => {
      const text = textOf(example);
      expect(text).not.toBe(SMALL_PROCEDURE);
      const problems = problemsOf(text);
      const line = lineOf(text, example.reportedAt);
      const found = problems.find((problem) => problem.code === example.code && problem.line === line);
      expect({ found, all: problems.map(formatProblem) }).toMatchObject({ found: { file: 'broken.yaml', code: example.code, line } });
      if (example.says !== undefined) expect(formatProblem(found!)).toContain(example.says);
    },
  );

  it('has a broken example for each code', () => {
    const shown = new Set(broken.map(({ code }) => code));
    expect(PROCEDURE_PROBLEM_CODES.filter((code) => !shown.has(code))).toEqual([]);
  });
});

describe('parseProcedure', () => {
  it('takes the small procedure as it is', () => {
    expect(problemsOf(SMALL_PROCEDURE)).toEqual([]);
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
    expect(problems.some(({ code }) => code === 'too_many')).toBe(true);
    expect(performance.now() - started).toBeLessThan(5000);
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
    const problem = { file: 'a.yaml', line: 3, column: 7, code: 'unknown_stage', message: 'There is no stage “x”.' } as const;
    expect(formatProblem(problem)).toBe('a.yaml:3:7 unknown_stage: There is no stage “x”.');
    expect(formatProblem({ ...problem, hint: 'Did you mean “y”?' })).toBe(
      'a.yaml:3:7 unknown_stage: There is no stage “x”. Did you mean “y”?',
    );
  });
});
