import fc from 'fast-check';
import { shippedProcedure, shippedProcedures, shippedText } from '../../test-support/documents';
import { stateTableText } from '../../test-support/state-table-text';
import { assertWalks, stepsOf, walkAlong } from '../../test-support/random-walks';
import { answerTo, factsWith, obstaclesText, subsetsOf } from '../../test-support/what-stands-in-the-way';
import { cleanText } from '../text/clean-text';
import { formatProblem } from './problem';
import { parseProcedure } from './parse-procedure';
import { allClocks, type Procedure, type Wording } from './procedure';
import { ACTOR_ROLES } from './vocabulary';

/** What holds for every procedure that is shipped, whoever uses it. */

const procedures: readonly (readonly [string, Procedure])[] = shippedProcedures().map((code) => [code, shippedProcedure(code)]);

describe.each(procedures)('the procedure %s', (code, procedure) => {
  it('is proved, and nothing about it is odd', () => {
    const surroundings = { calendars: ['geneva', 'gulf'], procedures: shippedProcedures(), languages: ['en', 'ar'] };
    const parsed = parseProcedure(shippedText(`procedures/${code}.yaml`), `${code}.yaml`, surroundings);
    expect((parsed.ok ? parsed.warnings : parsed.problems).map(formatProblem)).toEqual([]);
  });

  it('allows this and refuses everything else: every stage, every action, every role', () => {
    expect(`\n${stateTableText(procedure)}\n`).toMatchSnapshot();
  });

  it('says what is missing, for each single thing that can be: every guard, every clock, a second person who was asked', () => {
    expect(`\n${obstaclesText(procedure)}\n`).toMatchSnapshot();
  });

  it('allows an action only with all that it asks for: every stage, every action, every role, every combination of guards', () => {
    const wrong: string[] = [];
    for (const stage of procedure.stages) {
      for (const action of procedure.actions) {
        for (const holding of subsetsOf(action.guards)) {
          const facts = factsWith(procedure, action, holding);
          for (const role of ACTOR_ROLES) {
            const isAllowed = answerTo(procedure, stage.code, action.code, role, facts).startsWith('→');
            const shouldBe = action.from.includes(stage.code) && action.roles.includes(role) && holding.length === action.guards.length;
            if (isAllowed !== shouldBe) wrong.push(`${stage.code} ${action.code} ${role} with ${holding.join(', ')}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has only closing reasons that an action can give', () => {
    const given = new Set(procedure.actions.flatMap(({ outcomes }) => outcomes));
    expect(procedure.closingOutcomes.filter(({ code }) => !given.has(code))).toEqual([]);
  });
});

/** What a complainant reads, with its place. */
function publicTexts(language: string): readonly (readonly [place: string, text: string])[] {
  return procedures.flatMap(([procedure, document]) => {
    const { stages, closingOutcomes } = document;
    const placed = (place: string, wording: Wording) => [`${procedure}: ${place}`, wording[language] ?? ''] as const;
    return [
      ...stages.flatMap(({ code, publicName, publicMeaning, publicNext }) => [
        placed(`${code} name`, publicName),
        placed(`${code} meaning`, publicMeaning),
        placed(`${code} next`, publicNext),
      ]),
      ...allClocks(document).flatMap(({ code, publicName }) => (publicName ? [placed(`clock ${code}`, publicName)] : [])),
      ...closingOutcomes.map(({ code, publicName }) => placed(`outcome ${code}`, publicName)),
    ];
  });
}

describe('the words for the complainant', () => {
  it.each(publicTexts('en'))('%s: English without the words of the trade', (_place, text) => {
    expect(text).not.toMatch(/admissib|mandate|respondent|procedure|stage|track|escalat|jurisdiction|pursuant|case file|ticket|user/i);
  });

  it.each(publicTexts('en'))('%s: short English sentences', (_place, text) => {
    for (const sentence of text.split(/[.?!:]\s/)) expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(25);
  });

  it.each(publicTexts('ar'))('%s: Arabic in Arabic script, clean, with Arabic punctuation', (_place, text) => {
    expect(text).toMatch(/^[\p{Script=Arabic}\p{M}\s.:،؟]+$/u);
    expect(cleanText(text)).toBe(text);
  });
});

/** The same walks each time, so that reaching every stage is no matter of luck; and some that nobody has seen. */
const KNOWN_WALKS = { numRuns: 35, seed: 2 };
const NEW_WALKS = { numRuns: 15 };
const STEPS = 150;

// Ten thousand walks, with their records: `shipped-walks.int-spec.ts`.
describe('whatever is done on a shipped procedure, in whatever order', () => {
  it.each(procedures)(
    '%s: a person and a clock watch over it until it is closed, and nobody agrees with themselves',
    (_code, procedure) => {
      const stages = new Set<string>();
      const walk = fc.property(stepsOf(STEPS, STEPS), fc.boolean(), (sequence, isPatient) => {
        walkAlong(procedure, sequence, isPatient, false).stages.forEach((stage) => stages.add(stage));
      });
      assertWalks(walk, KNOWN_WALKS);
      expect([...stages].sort()).toEqual(procedure.stages.map(({ code }) => code).sort());
      assertWalks(walk, NEW_WALKS);
    },
  );
});
