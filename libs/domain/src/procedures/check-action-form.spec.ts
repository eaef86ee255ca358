import { smallProcedure } from '../../test-support/documents';
import { MESSAGE_LIMIT } from '../taxonomy/text-limits';
import { checkActionForm, isDate, type ActionForm } from './check-action-form';
import { findAction } from './procedure';

const small = smallProcedure();
const note = findAction(small, 'note')!;
const finish = findAction(small, 'finish')!;
const giveUp = findAction(small, 'give_up')!;
const ask = findAction(small, 'ask')!;
const inputs = { company: 'c1', way: 'letter', seen_on: '2026-11-02', what: 'Seen by two' };
const today = '2026-11-02';

function problemsOf(action: typeof note, form: Partial<ActionForm>): unknown {
  const checked = checkActionForm(action, { inputs: {}, today, ...form });
  return checked.ok ? [] : checked.problems;
}

it('does not take what every object has for an answer', () => {
  // Published before such a name was refused.
  const [action] = smallProcedure().actions;
  const named = { name: 'constructor', type: 'text', required: true, label: {}, choices: [], sealed: true, notInFuture: false } as const;
  const form = { inputs: {}, today: '2026-01-01', message: 'A letter.' };
  expect(checkActionForm({ ...action!, inputs: [named] }, form)).toEqual({
    ok: false,
    problems: [{ field: 'constructor', code: 'missing' }],
  });
  expect(checkActionForm({ ...action!, inputs: [{ ...named, required: false }] }, form)).toMatchObject({ ok: true, sealed: {} });
});

describe('checkActionForm', () => {
  it('keeps apart what stays readable and what is sealed', () => {
    expect(checkActionForm(note, { inputs, today })).toEqual({
      ok: true,
      open: { company: 'c1', way: 'letter', seen_on: '2026-11-02' },
      sealed: { what: 'Seen by two' },
      companyId: 'c1',
      staffIds: [],
    });
  });

  it('leaves out what was not given', () => {
    expect(checkActionForm(note, { inputs: { ...inputs, what: '  ' }, today })).toMatchObject({ ok: true, sealed: {} });
  });

  it('lists everything that is missing at once', () => {
    expect(problemsOf(note, {})).toEqual([
      { field: 'company', code: 'missing' },
      { field: 'way', code: 'missing' },
      { field: 'seen_on', code: 'missing' },
    ]);
    expect(problemsOf(finish, {})).toEqual([
      { field: 'reason', code: 'missing' },
      { field: 'outcome', code: 'missing' },
    ]);
    expect(problemsOf(ask, { message: ' \n' })).toEqual([{ field: 'message', code: 'missing' }]);
  });

  it.each([
    ['a choice that is not offered', { way: 'drone' }, [{ field: 'way', code: 'not_a_choice' }]],
    ['the 31st of February', { seen_on: '2026-02-31' }, [{ field: 'seen_on', code: 'not_a_date' }]],
    ['a date in words', { seen_on: 'yesterday' }, [{ field: 'seen_on', code: 'not_a_date' }]],
    ['tomorrow', { seen_on: '2026-11-03' }, [{ field: 'seen_on', code: 'in_the_future' }]],
    ['one character too many', { what: '😀'.repeat(21) }, [{ field: 'what', code: 'too_long', limit: 20 }]],
    ['a field nobody asked for', { hidden: 'x' }, [{ field: 'hidden', code: 'unknown_field' }]],
  ])('refuses %s', (_case, given, problems) => {
    expect(problemsOf(note, { inputs: { ...inputs, ...given } })).toEqual(problems);
  });

  it('counts characters and not code units', () => {
    expect(problemsOf(note, { inputs: { ...inputs, what: '😀'.repeat(20) } })).toEqual([]);
  });

  it('takes the only outcome by itself, and one of several as chosen', () => {
    expect(checkActionForm(giveUp, { inputs: {}, today })).toMatchObject({ ok: true, outcome: 'dropped' });
    expect(checkActionForm(finish, { inputs: {}, today, reason: 'Because', outcome: 'done' })).toMatchObject({
      ok: true,
      outcome: 'done',
      reason: 'Because',
    });
    expect(problemsOf(finish, { reason: 'Because', outcome: 'withdrawn' })).toEqual([{ field: 'outcome', code: 'not_a_choice' }]);
    expect(problemsOf(giveUp, { outcome: 'done' })).toEqual([{ field: 'outcome', code: 'not_a_choice' }]);
  });

  it('refuses a reason or a letter where there is none, and one that is too long', () => {
    expect(problemsOf(ask, { message: 'Where?', reason: 'Because' })).toEqual([{ field: 'reason', code: 'unknown_field' }]);
    expect(problemsOf(ask, { message: 'x'.repeat(MESSAGE_LIMIT + 1) })).toEqual([
      { field: 'message', code: 'too_long', limit: MESSAGE_LIMIT },
    ]);
  });
});

describe('isDate', () => {
  it.each([
    ['2028-02-29', true],
    ['2027-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-1-1', false],
    ['٢٠٢٦-٠١-٠١', false],
    ['2026-01-01T00:00', false],
  ])('%s: %s', (value, expected) => {
    expect(isDate(value)).toBe(expected);
  });
});
