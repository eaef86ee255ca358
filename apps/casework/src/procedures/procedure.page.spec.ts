import { allClocks, type Procedure } from '@recourse/domain';
import { changedProcedure, shippedProcedure, shippedProcedureCodes } from '@recourse/testing';
import { Languages } from '@recourse/web';
import { codeWords } from '../case/code-word';
import { actionAnchor, procedureModel, type ProcedureModel } from './procedure.page';

const languages = Languages.load(['en', 'ar']);

function pageOf(procedure: Procedure, language = 'en'): ProcedureModel {
  const say = languages.in(language);
  const titleOf = (code: string) => (code === 'compliance' ? { en: 'Compliance with the Code', ar: 'الامتثال' } : undefined);
  return procedureModel(procedure, { language, say, word: codeWords(languages, say), titleOf });
}

const everything = shippedProcedureCodes().flatMap((code) => ['en', 'ar'].map((language) => [code, language] as const));

const stageOn = (page: ProcedureModel, code: string) => page.stages.find((stage) => stage.code === code);
const clockOn = (page: ProcedureModel, name: string) =>
  [...page.stages.flatMap(({ clocks }) => clocks), ...page.clocks].find((clock) => clock.name === name);
const actionOn = (page: ProcedureModel, code: string) =>
  [...page.stages.flatMap(({ actions }) => actions), ...page.wideActions].find((action) => action.code === code);

describe.each(everything)('the page of %s in %s', (code, language) => {
  const procedure = shippedProcedure(code);
  const page = pageOf(procedure, language);

  it('describes every clock and every action once, and has what every stage allows', () => {
    const described = [...page.stages.flatMap(({ actions }) => actions), ...page.wideActions].map((action) => action.code);
    expect([...described].sort()).toEqual(procedure.actions.map((action) => action.code).sort());
    const clocks = [...page.stages.flatMap((stage) => stage.clocks), ...page.clocks];
    expect(clocks.map(({ name }) => name).sort()).toEqual(
      allClocks(procedure)
        .map(({ name }) => name[language])
        .sort(),
    );
    for (const stage of page.stages) {
      const possible = procedure.actions.filter(({ from }) => from.includes(stage.code));
      const links = [...stage.actions.map((action) => `#${actionAnchor(action.code)}`), ...stage.alsoHere.map(({ href }) => href)];
      expect(links.sort()).toEqual(possible.map((action) => `#${actionAnchor(action.code)}`).sort());
    }
  });

  it('says of every clock who is told at its end and on each rung, and through what', () => {
    for (const [index, clock] of [...procedure.stages.flatMap(({ clocks }) => clocks), ...procedure.clocks].entries()) {
      const rules = [...page.stages.flatMap(({ clocks }) => clocks), ...page.clocks][index];
      expect(rules?.tellings.map(({ isLate }) => isLate)).toEqual([false, ...clock.ladder.map(() => true)]);
      expect(rules?.tellings.filter(({ when, who, how }) => when === '' || who === '' || how === '')).toEqual([]);
    }
  });

  it('is words and no codes, and nothing in it was left out', () => {
    const texts = JSON.stringify({ ...page, stages: page.stages.map(({ code: _, ...stage }) => stage) }, (key, value: unknown) =>
      key === 'code' || key === 'href' ? undefined : value,
    );
    expect(texts).not.toMatch(/[a-z]_[a-z]|\{\w+\}|undefined/);
  });
});

describe('the rules in words', () => {
  it('say of a clock how long it is, what changes it, and who is told when', () => {
    expect(clockOn(pageOf(shippedProcedure('remedy')), 'Decide whether it is admissible')).toEqual({
      name: 'Decide whether it is admissible',
      within: '20 working days',
      calendar: 'geneva',
      changes: [
        { label: 'Waits', items: ['Ask for information, until the case comes back', 'Pause for other proceedings, for 6 months at most'] },
        { label: 'Goes on', items: ['Go on after the pause'] },
        { label: 'Gets more time', items: ['Take more time, at most 2 times, 20 working days each'] },
      ],
      tellings: [
        {
          isLate: false,
          when: '5 working days before, 1 working day before, and when it runs out',
          who: 'who holds the case',
          how: 'e-mail',
        },
        { isLate: true, when: '2 working days late', who: 'the team lead', how: 'e-mail' },
        { isLate: true, when: '5 working days late', who: 'the supervisor', how: 'e-mail' },
        { isLate: true, when: '10 working days late and every 10 working days from then on', who: 'the director', how: 'e-mail' },
      ],
    });
  });

  it('say of a clock across stages what starts it, where it waits and what ends it', () => {
    const page = pageOf(shippedProcedure('whistleblower'));
    expect(clockOn(page, 'Give feedback')?.changes).toEqual([
      {
        label: 'Starts',
        items: ['Acknowledge', 'Go on without acknowledging', 'Start the time for feedback without an acknowledgement'],
      },
      { label: 'Gets more time', items: [expect.stringMatching(/, once, 12 weeks$/) as unknown] },
      { label: 'Ends', items: ['Feedback given, outcome open', 'when the case ends'] },
    ]);
    expect(clockOn(pageOf(shippedProcedure('company_mechanism')), 'Finish the whole complaint')?.changes[1]).toEqual({
      label: 'Waits',
      items: ['in the stage: Waiting for information'],
    });
  });

  it('say whom the board is enough for, and who is told in the stead of nobody', () => {
    const remedy = changedProcedure('remedy', (text) =>
      text.replace(
        '{ after: 1 working_day, tell: team_lead }',
        '{ after: 1 working_day, tell: [team_lead, desk], through: board, otherwise: director }',
      ),
    );
    const [, first] = clockOn(pageOf(remedy), 'Acknowledge')?.tellings ?? [];
    expect(first).toMatchObject({ who: 'the team lead and the desk', how: 'board only; in their stead: the director' });
  });

  it('say of an action who may, on what condition, with what, and then', () => {
    const page = pageOf(shippedProcedure('remedy'));
    expect(actionOn(page, 'close_with_remedy')).toMatchObject({ who: 'supervisor or director', leadsTo: 'Closed' });
    expect(actionOn(page, 'engage_company')?.conditions).toEqual([
      'Name the company first.',
      'Recorded: The complainant agreed that the company is told',
    ]);
    expect(actionOn(page, 'withdraw')).toMatchObject({
      stages: undefined,
      follows: expect.arrayContaining(['Told: the complainant']) as unknown,
    });
    expect(actionOn(page, 'take_more_time')?.follows).toContain('Gets 20 working days more: Decide whether it is admissible');
    expect(stageOn(page, 'withdrawn')).toMatchObject({ isEnd: true, clocks: [], actions: [], alsoHere: [] });
  });

  it('say which second person agrees within what time, and what the software does by itself', () => {
    const page = pageOf(shippedProcedure('whistleblower'));
    expect(actionOn(page, 'go_on_without_acknowledging')?.conditions.at(-1)).toBe(
      'A second person agrees within 2 working days: supervisor or director',
    );
    expect(actionOn(page, 'start_feedback_without_acknowledgement')?.who).toBe('the software, when this runs out: Acknowledge');
    expect(actionOn(page, 'continue_with_answer')?.who).toBe('the software, when the complainant writes');
    expect(actionOn(page, 'open_compliance')?.follows).toContain('Opens on the same case: Compliance with the Code');
  });

  it('say of an action of several stages in which, the shorter way', () => {
    const page = pageOf(shippedProcedure('company_mechanism'));
    expect(page.wideActions.find(({ code }) => code === 'assess_retaliation_risk')?.stages).toBe('In every open stage but: Received');
    expect(page.wideActions.find(({ code }) => code === 'record_consent')?.stages).toMatch(/^In: .* and /);
  });
});
