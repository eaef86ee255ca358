import { smallProcedure } from '../../test-support/documents';
import { SMALL_PROCEDURE } from '../../test-support/small-procedure';
import { parseMapping, SAME_CODES } from './parse-mapping';
import { parseProcedure } from './parse-procedure';
import { MAPPING_PROBLEM_CODES, type Problem } from './problem';
import type { Procedure } from './procedure';

const before = smallProcedure();

/** The small procedure with other codes for a stage, a clock and a fact. */
function renamed(): Procedure {
  const text = SMALL_PROCEDURE.replace('version: 1', 'version: 2')
    .replaceAll(/\bopen\b(?=:|$|,|\])|(?<=(?:to|from|initial): )open\b/gm, 'begun')
    .replaceAll('[open,', '[begun,')
    .replace('answer:', 'reply:')
    .replaceAll('consent_to_notify_company', 'consent');
  const parsed = parseProcedure(text, 'renamed.yaml', { calendars: ['geneva', 'gulf'] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.procedure;
}

function problemsOf(text: string, after = renamed()): readonly Problem[] {
  const parsed = parseMapping(text, 'move.yaml', before, after);
  return parsed.ok ? [] : parsed.problems;
}

describe('a mapping between two versions', () => {
  it('needs no line for what has the same code', () => {
    const parsed = parseMapping(SAME_CODES, 'none', before, before);
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) return;
    expect([...parsed.mapping.stages.keys()]).toEqual(['open', 'waiting']);
    expect([...parsed.mapping.clocks.values()]).toEqual(['answer', 'patience']);
    expect([...parsed.mapping.facts.keys()]).toEqual(['consent_to_notify_company']);
  });

  it('says where what has another code goes on', () => {
    const text = 'stages: { open: begun }\nclocks: { answer: reply, patience: none }\nfacts: { consent_to_notify_company: consent }';
    const parsed = parseMapping(text, 'move.yaml', before, renamed());
    expect(parsed.ok && [...parsed.mapping.stages]).toEqual([
      ['waiting', 'waiting'],
      ['open', 'begun'],
    ]);
    expect(parsed.ok && [...parsed.mapping.clocks]).toEqual([['answer', 'reply']]);
    expect(parsed.ok && [...parsed.mapping.facts]).toEqual([['consent_to_notify_company', 'consent']]);
  });

  it.each<[text: string, code: string, line: number, says: RegExp]>([
    ['{}', 'moved_nowhere', 1, /“open” would be nowhere/],
    ['clocks: {}\n', 'moved_nowhere', 1, /“open” would be nowhere/],
    ['stages:\n  open: finished', 'moved_to_end', 2, /closes no case/],
    ['stages:\n  open: began', 'unknown_stage', 2, /“began” is no stage of the new version/],
    ['stages:\n  open: begun\n  opn: begun', 'unknown_stage', 3, /“opn” is no open stage/],
    ['stages:\n  open: begun\nclocks:\n  answer: replies', 'unknown_clock', 4, /“replies”/],
    ['stages: { open: begun }\nclocks:\n  answer: patience', 'mapped_twice', 3, /“patience” goes on as “patience” too/],
    ['stages: { open: begun }\nclocks:\n  patience: none\n  answer: patience', 'clock_of_another_stage', 4, /not a clock of the stage/],
    ['stages: { open: begun }\nfacts: { consent: consent }', 'unknown_fact', 2, /“consent” is no fact of the version that is left/],
    ['stage: { open: begun }', 'unknown_key', 1, /“stage”/],
    ['stages: [open, begun]', 'wrong_type', 1, /name: value/],
    ['stages: { open: begun', 'not_yaml', 1, /./],
  ])('%j: %s', (text, code, line, says) => {
    expect(problemsOf(text)).toContainEqual(
      expect.objectContaining({ file: 'move.yaml', code, line, message: expect.stringMatching(says) as unknown }),
    );
  });

  it('has an example here for each mistake of its own', () => {
    const found = ['{}', 'stages: { open: finished }', 'stages: { open: begun }\nclocks: { answer: patience }'].flatMap((text) =>
      problemsOf(text).map(({ code }) => code),
    );
    expect(MAPPING_PROBLEM_CODES.filter((code) => !found.includes(code))).toEqual([]);
  });

  it('tells a mistake once, and every mistake', () => {
    expect(problemsOf('stages: { open: nowhere, Waiting: begun }\nclocks: { x: y }').map(({ code }) => code)).toEqual([
      'unknown_stage',
      'invalid_code',
      'unknown_stage',
      'unknown_clock',
    ]);
  });
});
