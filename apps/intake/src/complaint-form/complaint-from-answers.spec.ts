import type { Answers } from './draft';
import { complaintFromAnswers } from './complaint-from-answers';
import { readAnswers } from './question-forms';

const page = { language: 'ar', say: (key: string) => `«${key}»`, timeZone: 'Europe/Zurich' };

function complaintOf(answers: Answers) {
  const reading = readAnswers({ what_happened: { narrative: 'They came at six.' }, ...answers }, { today: '2026-11-24' });
  if (!reading.ok) throw new Error(`${reading.question}: ${JSON.stringify(reading.errors)}`);
  return complaintFromAnswers(reading.forms, page);
}

describe('the complaint that answers make', () => {
  it('has nothing in it that was not answered', () => {
    expect(complaintOf({})).toEqual({
      language: 'ar',
      answerLanguage: 'ar',
      narrative: 'They came at six.',
      kind: 'harm',
      anonymity: 'anonymous',
    });
  });

  it('keeps the language of the text apart from the language of the answer', () => {
    expect(complaintOf({ what_happened: { narrative: 'A story', language: 'sw' } })).toMatchObject({
      language: 'sw',
      answerLanguage: 'ar',
    });
  });

  it.each([
    [{ dateDay: '14', dateMonth: '9', dateYear: '2026' }, { incidentOn: '2026-09-14' }],
    [{ dateMonth: '9', dateYear: '2026', inWords: 'at dawn' }, { incidentWhen: '2026-09\nat dawn' }],
    [{ dateYear: '2026' }, { incidentWhen: '2026' }],
    [{ inWords: 'during the harvest' }, { incidentWhen: 'during the harvest' }],
  ])('says when: %p', (when, expected) => {
    const { incidentOn, incidentWhen } = complaintOf({ when });
    expect({ incidentOn, incidentWhen }).toEqual({ incidentOn: undefined, incidentWhen: undefined, ...expected });
  });

  it.each([
    ['self', 'harm', 'self'],
    ['group', 'harm', 'group'],
    ['evidence', 'credible_evidence', 'nobody_known'],
    ['company_mechanism', 'company_mechanism', undefined],
  ])('sorts %s', (harmed, kind, coded) => {
    expect(complaintOf({ affected: { harmed } })).toMatchObject({ kind, ...(coded ? { harmed: coded } : {}) });
  });

  it('says that they could not be identified', () => {
    expect(complaintOf({ who: { unknown: 'yes', description: 'Grey uniforms' } }).companyDescription).toBe(
      '«intake-questions.who.unknown»\nGrey uniforms',
    );
  });

  it('keeps a name only when it may be known', () => {
    expect(complaintOf({ identity: { anonymity: 'confidential', name: 'Mina' } })).toMatchObject({
      anonymity: 'confidential',
      name: 'Mina',
    });
  });

  it('keeps quiet in the time of the country', () => {
    const contact = { wanted: 'email', email: 'mina@example.org', neutral: 'yes', hours: 'day' };
    expect(complaintOf({ contact, where: { country: 'TZ' } }).contact).toEqual({
      email: 'mina@example.org',
      neutral: true,
      language: 'ar',
      quiet: { from: '18:00', until: '08:00', timeZone: 'Africa/Dar_es_Salaam' },
    });
    expect(complaintOf({ contact }).contact?.quiet?.timeZone).toBe('Europe/Zurich');
    expect(complaintOf({ contact: { ...contact, hours: 'any', neutral: '' } }).contact).toEqual({
      email: 'mina@example.org',
      neutral: false,
      language: 'ar',
    });
  });

  it('takes the middle of a wide country', () => {
    const contact = { wanted: 'email', email: 'mina@example.org', hours: 'evening' };
    expect(complaintOf({ contact, where: { country: 'US' } }).contact?.quiet?.timeZone).toMatch(/^America\//);
  });

  it('has no address when none is wanted', () => {
    expect(complaintOf({ contact: { wanted: 'no' } })).not.toHaveProperty('contact');
  });
});
