import type { Draft, OpenedDraft } from './draft';
import { questions, type FormStep } from './questions';
import { readPostedStep } from './step.form';
import { takeStep, type NextStep } from './take-step';

const today = { today: '2026-11-24' };
const empty: Draft = { key: 'b2f1c1c2-3a51-4a53-9d2b-1f7f2d1b7a10', answers: {}, checked: false };
const fresh = (draft: Draft): OpenedDraft => ({ state: 'fresh', draft });
const told: Draft = { ...empty, answers: { what_happened: { narrative: 'They let the dogs go.' } } };
const newDraft: Draft = { ...empty, key: 'a-new-key' };

function post(step: FormStep, go: string, fields: object, opened: OpenedDraft): NextStep {
  return takeStep(readPostedStep({ step, go, draft: 'sealed', ...fields }), opened, newDraft, today);
}

describe('the way through the form', () => {
  it('asks every question in order and ends with the answers', () => {
    const asked: string[] = [];
    let draft = empty;
    for (const question of questions) {
      asked.push(question);
      const fields = question === 'what_happened' ? { narrative: 'They let the dogs go.' } : {};
      const next = post(question, 'continue', fields, fresh(draft));
      draft = next.draft;
      expect(next.kind === 'question' ? next.question : next.kind).toBe(questions[asked.length] ?? 'check');
    }
    expect(draft.answers.what_happened).toEqual({ narrative: 'They let the dogs go.' });
  });

  it('does not go on without a story, and keeps what else was answered', () => {
    const next = post('what_happened', 'continue', { narrative: ' \u200E\n ', language: 'fa' }, fresh(empty));
    expect(next).toMatchObject({
      kind: 'question',
      question: 'what_happened',
      form: { values: { language: 'fa' }, errors: [{ field: 'narrative', key: 'intake-problems.narrative.empty', href: '#narrative' }] },
    });
  });

  it('gives a story of 100,000 characters back, with both numbers', () => {
    const narrative = '🪨'.repeat(100_000);
    const next = post('what_happened', 'continue', { narrative }, fresh(empty));
    expect(next).toMatchObject({
      kind: 'question',
      form: { values: { narrative }, errors: [{ key: 'intake-problems.narrative.too_long', params: { count: 100_000, limit: 30_000 } }] },
    });
    expect(next.draft.answers.what_happened).toEqual({ narrative });
  });

  it('takes exactly 30,000 characters', () => {
    expect(post('what_happened', 'continue', { narrative: '🪨'.repeat(30_000) }, fresh(empty))).toMatchObject({ question: 'when' });
  });

  it('goes back without judging, and what was typed is there again', () => {
    const back = post('when', 'back', { dateDay: '31', dateMonth: '2', dateYear: '2026' }, fresh(told));
    expect(back).toMatchObject({
      kind: 'question',
      question: 'what_happened',
      form: { values: { narrative: 'They let the dogs go.' }, errors: [] },
    });
    const again = post('what_happened', 'continue', told.answers.what_happened ?? {}, fresh(back.draft));
    expect(again).toMatchObject({ question: 'when', form: { values: { dateDay: '31' } } });
  });

  it('stops before the answers at what was left unfinished', () => {
    const draft = { ...told, answers: { ...told.answers, when: { dateDay: '31', dateMonth: '2', dateYear: '2026' } } };
    expect(post('where', 'check', {}, fresh(draft))).toMatchObject({
      kind: 'question',
      question: 'when',
      form: { errors: [{ key: 'intake-problems.date.no_such_day' }] },
    });
  });

  it('leads back to the answers after one was changed', () => {
    const checked = post('when', 'check', {}, fresh(told));
    expect(checked.kind).toBe('check');
    const change = post('check', 'change:remedy', {}, fresh(checked.draft));
    expect(change).toMatchObject({ kind: 'question', question: 'remedy' });
    expect(post('remedy', 'continue', { remedySought: 'That it stops' }, fresh(change.draft))).toMatchObject({
      kind: 'check',
      forms: { remedy: { remedySought: 'That it stops' } },
    });
  });

  it('sends only from the answers', () => {
    expect(post('check', 'send', {}, fresh(told)).kind).toBe('send');
    expect(post('what_happened', 'send', { narrative: 'x' }, fresh(empty))).toMatchObject({ kind: 'question', question: 'when' });
    expect(post('check', 'send', {}, fresh(empty))).toMatchObject({ kind: 'question', question: 'what_happened' });
  });

  it('asks when the name and the wish to stay anonymous contradict each other', () => {
    const errors = [{ field: 'name', key: 'intake-problems.name.anonymous' }];
    expect(post('identity', 'continue', { name: 'A' }, fresh(told))).toMatchObject({ question: 'identity', form: { errors } });
    expect(post('identity', 'continue', { anonymity: 'open', name: 'A' }, fresh(told))).toMatchObject({ question: 'contact' });
  });

  it('does not promise to give a name that there is not', () => {
    const draft = { ...told, answers: { ...told.answers, tell_company: { tellCompany: 'with_name' } } };
    expect(post('check', 'send', {}, fresh(draft))).toMatchObject({ kind: 'question', question: 'tell_company' });
  });

  it.each([
    [{ wanted: 'email' }, 'email_missing'],
    [{ wanted: 'email', email: 'mina@' }, 'email'],
    [{ wanted: 'no', email: 'mina@example.org' }, 'email_not_wanted'],
    [{ email: 'mina@example.org' }, 'email_not_wanted'],
  ])('asks about an address: %p', (fields, problem) => {
    expect(post('contact', 'continue', fields, fresh(told))).toMatchObject({
      question: 'contact',
      form: { values: fields, errors: [{ field: 'email', key: `intake-problems.contact.${problem}` }] },
    });
  });
});

describe('a page that is too old', () => {
  it('keeps all answers and asks to look them over', () => {
    const next = post('remedy', 'continue', { remedySought: 'An apology' }, { state: 'old', draft: told });
    expect(next).toMatchObject({
      kind: 'question',
      question: 'remedy',
      form: { values: { remedySought: 'An apology' }, errors: [{ key: 'intake-problems.draft.expired' }] },
    });
    expect(next.draft.answers).toMatchObject({ ...told.answers, remedy: { remedySought: 'An apology' } });
  });

  it('is not sent before somebody has looked', () => {
    expect(post('check', 'send', {}, { state: 'old', draft: told })).toMatchObject({
      kind: 'check',
      form: { errors: [{ key: 'intake-problems.draft.expired' }] },
    });
  });
});

describe('a page that cannot be read', () => {
  it('keeps what was typed on it', () => {
    const next = post('what_happened', 'continue', { narrative: 'They came at six.' }, { state: 'unreadable' });
    expect(next).toMatchObject({
      kind: 'question',
      question: 'what_happened',
      draft: { key: 'a-new-key', answers: { what_happened: { narrative: 'They came at six.' } } },
      form: { values: { narrative: 'They came at six.' }, errors: [{ key: 'intake-problems.draft.unreadable' }] },
    });
  });

  it('sends nothing', () => {
    expect(post('check', 'send', {}, { state: 'unreadable' })).toMatchObject({
      kind: 'question',
      question: 'safety',
      form: { errors: [{ key: 'intake-problems.draft.unreadable_send' }] },
    });
  });
});

describe('a page that ended', () => {
  it.each<[FormStep, string]>([
    ['what_happened', 'continue'],
    ['what_happened', 'back'],
    ['check', 'send'],
    ['check', 'send_new'],
    ['check', 'change:what_happened'],
  ])('begins anew and repeats nothing: %s, %s', (step, go) => {
    const next = post(step, go, { narrative: 'They let the dogs go.' }, { state: 'ended' });
    expect(next).toEqual({
      kind: 'question',
      question: questions[0],
      draft: newDraft,
      form: { values: {}, errors: [{ field: 'draft', key: 'intake-problems.draft.ended', params: {}, href: undefined }] },
    });
  });
});

describe('what a page posts', () => {
  it('goes on at the nearest sensible place when its steering fields are strange', () => {
    expect(readPostedStep(undefined)).toEqual({ step: 'safety', go: 'continue', draft: '', fields: {} });
    expect(readPostedStep({ step: 'constructor', go: 'change:constructor', draft: ['a', 'b'], x: '1' })).toEqual({
      step: 'safety',
      go: 'continue',
      draft: '',
      fields: { x: '1' },
    });
  });
});
