import { fullProcedure, shippedProcedure, smallProcedure } from '../../test-support/documents';
import { compareProcedures } from './compare-procedures';
import { differenceSentence } from './difference';
import type { Procedure } from './procedure';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every copy of a value in which one text, number, truth value, or item of a list is another. */
function mutants(value: Json, path: string): readonly (readonly [string, Json])[] {
  if (typeof value === 'string') return [[path, `${value}_x`]];
  if (typeof value === 'number') return [[path, value + 1]];
  if (typeof value === 'boolean') return [[path, !value]];
  if (value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) =>
    mutants(item, `${path}.${key}`).map(([where, changed]) => {
      const copy = Array.isArray(value) ? value.map((old, at) => (String(at) === key ? changed : old)) : { ...value, [key]: changed };
      return [where, copy] as const;
    }),
  );
  return Array.isArray(value) && value.length > 0 ? [...inside, [`${path}.length`, value.slice(1)] as const] : inside;
}

const said = (before: Procedure, after: Procedure): readonly string[] => compareProcedures(before, after).map(differenceSentence);

function withAction(procedure: Procedure, code: string, changes: object): Procedure {
  return { ...procedure, actions: procedure.actions.map((action) => (action.code === code ? { ...action, ...changes } : action)) };
}

describe('the difference of two versions', () => {
  it('is none for the same document under another number', () => {
    const remedy = shippedProcedure('remedy');
    expect(compareProcedures(remedy, { ...remedy, version: 7 })).toEqual([]);
  });

  it.each([
    ['small', smallProcedure()],
    ['full', fullProcedure()],
  ])('misses nothing that the %s document can say', (_name, procedure) => {
    const all = mutants(JSON.parse(JSON.stringify({ ...procedure, version: 0 })) as Json, '');
    // Its own code and number are what two versions have in common, and what they never have.
    const missed = all.filter(([, changed]) => compareProcedures(procedure, changed as unknown as Procedure).length === 0);
    expect(all.length).toBeGreaterThan(100);
    expect(missed.map(([path]) => path)).toEqual(['.procedure', '.version']);
  });

  it('tells a longer clock, its warnings and its calendar', () => {
    const small = smallProcedure();
    const after: Procedure = {
      ...small,
      stages: small.stages.map((stage) => ({
        ...stage,
        clocks: stage.clocks.map((clock) =>
          clock.code === 'answer' ? { ...clock, within: { amount: 7, unit: 'working_days' }, warnBefore: [], calendar: 'gulf' } : clock,
        ),
      })),
    };
    expect(said(small, after)).toEqual([
      'The clock “answer”: the length – before: 5 working days; now: 7 working days.',
      'The clock “answer”: the calendar – before: geneva; now: gulf.',
      'The clock “answer”: the warnings before its end – before: 2 working days, 1 working day; now: nothing.',
    ]);
  });

  it('says of a new action who may take it and whether it needs a second person, and counts one as one', () => {
    const full = fullProcedure();
    const without = { ...full, actions: full.actions.filter(({ code }) => code !== 'finish') };
    const [sentence = ''] = said(without, full);
    expect(sentence).toMatch(
      /^The action “finish” is new: the stages in which it can be taken: open; where it leads: finished; who may take it: supervisor; /,
    );
    expect(sentence).toContain('the second person: director within 3 working days');
    const quicker = withAction(full, 'prolong', {
      changesClocks: [{ operation: 'extend', clock: 'whole', by: { amount: 1, unit: 'working_days' }, times: 1 }],
    });
    expect(said(full, quicker)).toEqual([expect.stringContaining('now: extend whole by 1 working day, 1 time.')]);
    for (const line of said(full, withAction(full, 'finish', { name: { en: 'End', ar: 'أنهِ' } }))) expect(line).toMatch(/\.$/);
  });

  it('tells what is new and what is gone, one from the other side', () => {
    const small = smallProcedure();
    const more: Procedure = { ...small, facts: [...small.facts, { code: 'heard', name: { en: 'Heard', ar: 'سُمع' } }] };
    expect(said(small, more)).toEqual(['The fact “heard” is new.']);
    expect(said(more, small)).toEqual(['The fact “heard” is gone.']);
  });

  it('tells who may act, what must be given, who agrees, and a wording in its language', () => {
    const small = smallProcedure();
    const after = withAction(small, 'ask', {
      roles: ['director'],
      name: { en: 'Ask again', ar: 'اسأل' },
      approval: { roles: ['director'], within: { amount: 3, unit: 'working_days' } },
    });
    expect(said(small, after)).toEqual([
      'The action “ask”: who may take it – before: officer, supervisor; now: director.',
      'The action “ask”: the second person – before: nothing; now: director within 3 working days.',
      'The action “ask”: the name in “en” was “Ask” and is now “Ask again”.',
    ]);
  });

  it('tells what a clock is called now', () => {
    const small = smallProcedure();
    const stages = small.stages.map((stage) => ({
      ...stage,
      clocks: stage.clocks.map((clock) => (clock.code === 'answer' ? { ...clock, name: { ...clock.name, en: 'Reply' } } : clock)),
    }));
    expect(said(small, { ...small, stages })).toEqual(['The clock “answer”: the name in “en” was “Answer” and is now “Reply”.']);
  });

  it('tells another order of the buttons, and none of roles', () => {
    const small = smallProcedure();
    const [first, second, ...rest] = small.actions;
    if (!first || !second) throw new Error('too small');
    expect(compareProcedures(small, { ...small, actions: [second, first, ...rest] })).toMatchObject([{ what: 'order' }]);
    expect(compareProcedures(small, withAction(small, 'ask', { roles: ['supervisor', 'officer'] }))).toEqual([]);
  });
});
