import { shippedProcedure } from '../../test-support/documents';
import { cleanText } from '../text/clean-text';
import { decide } from './decide';
import type { Facts } from './guards';
import type { Procedure, Wording } from './procedure';
import { stateTable, type StateTableResult } from './state-table';
import { ACTOR_ROLES } from './vocabulary';

const remedy = shippedProcedure('remedy');

function cell(result: StateTableResult): string {
  return 'to' in result ? `→ ${result.to}` : result.refusal;
}

/** The table of states as a text that a person can read in a review. */
function printed(procedure: Procedure): string {
  const head = ['stage', 'action', ...ACTOR_ROLES];
  const rows = stateTable(procedure).map(({ stage, action, results }) => [
    stage,
    action,
    ...ACTOR_ROLES.map((role) => cell(results[role])),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}

function allFacts(): readonly Facts[] {
  const either = [true, false];
  return either.flatMap((companyNamed) =>
    either.flatMap((consentToNotifyCompany) => either.map((assigned) => ({ companyNamed, consentToNotifyCompany, assigned }))),
  );
}

describe('the remedy track', () => {
  it('allows this and refuses that: every stage, every action, every role', () => {
    expect(`\n${printed(remedy)}\n`).toMatchSnapshot();
  });

  it('lets guards change the answer only where this list says so', () => {
    const guarded = remedy.stages.flatMap((stage) =>
      remedy.actions.flatMap((action) =>
        allFacts().flatMap((facts) => {
          const track = { stage: stage.code, revision: 1, closed: stage.isEnd };
          const decision = decide(remedy, track, facts, { role: 'director', onTeam: true }, action.code);
          return !decision.ok && decision.refusal.code === 'guard_failed'
            ? [
                `${stage.code} ${action.code} company:${facts.companyNamed} consent:${facts.consentToNotifyCompany} → ${decision.refusal.guard}`,
              ]
            : [];
        }),
      ),
    );
    expect([...new Set(guarded)].sort()).toEqual([
      'admissible engage_company company:false consent:false → company_named',
      'admissible engage_company company:false consent:true → company_named',
      'admissible engage_company company:true consent:false → consent_to_notify_company',
    ]);
  });

  it('has the closing reasons of the domain, each of which an action can give', () => {
    const given = new Set(remedy.actions.flatMap(({ outcomes }) => outcomes));
    expect(remedy.closingOutcomes.filter(({ code }) => !given.has(code))).toEqual([]);
    expect(remedy.closingOutcomes).toHaveLength(12);
  });

  it('asks for a reason and a letter wherever the institution ends it', () => {
    const ends = new Set(remedy.stages.filter(({ isEnd }) => isEnd).map(({ code }) => code));
    const ending = remedy.actions.filter(({ to, code }) => ends.has(to) && code !== 'withdraw');
    expect(ending.map(({ code, reason, message }) => [code, reason, message])).toEqual([
      ['refuse_and_refer', 'required', 'required'],
      ['close_with_remedy', 'required', 'required'],
      ['close_without_remedy', 'required', 'required'],
      ['close_unanswered', 'required', 'required'],
    ]);
  });
});

/** What a complainant reads, with its place. */
function publicTexts(language: string): readonly (readonly [string, string])[] {
  const text = (wording: Wording): string => wording[language] ?? '';
  return [
    ...remedy.stages.flatMap(({ code, publicName, publicMeaning, publicNext }) => [
      [`${code} name`, text(publicName)] as const,
      [`${code} meaning`, text(publicMeaning)] as const,
      [`${code} next`, text(publicNext)] as const,
    ]),
    ...remedy.closingOutcomes.map(({ code, publicName }) => [`outcome ${code}`, text(publicName)] as const),
  ];
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
