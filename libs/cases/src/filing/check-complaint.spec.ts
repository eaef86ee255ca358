import { checkComplaint, checkText, COMPLAINT_LIMITS } from './check-complaint';
import type { Complaint } from './complaint';

const now = new Date('2026-11-24T12:00:00Z');
const plain: Complaint = { language: 'fa', narrative: 'آن‌ها آمدند.' };

const problemsOf = (over: Partial<Complaint>) => {
  const checked = checkComplaint({ ...plain, ...over }, now);
  return checked.ok ? [] : checked.problems;
};

describe('a complaint', () => {
  it('may be a language and a few words', () => {
    expect(checkComplaint(plain, now)).toEqual({ ok: true, complaint: plain });
  });

  it.each<[string, Partial<Complaint>, object]>([
    ['nothing said', { narrative: ' \n\t ' }, { field: 'narrative', code: 'missing' }],
    ['invisible characters only', { narrative: '\u200B\u202E\u0000' }, { field: 'narrative', code: 'missing' }],
    ['100,000 characters', { narrative: 'x'.repeat(100_000) }, { field: 'narrative', code: 'too_long', limit: 30_000 }],
    ['a long answer', { place: 'x'.repeat(6_001) }, { field: 'place', code: 'too_long', limit: 6_000 }],
    ['no language', { language: 'english please' }, { field: 'language', code: 'not_a_language' }],
    ['a language that nobody speaks', { language: 'zz' }, { field: 'language', code: 'not_a_language' }],
    ['one to answer in', { answerLanguage: 'qaa-Latn' }, { field: 'answerLanguage', code: 'not_a_language' }],
    ['a language that is two', { answerLanguage: 'en, fr' }, { field: 'answerLanguage', code: 'not_a_language' }],
    ['the 31st of February', { incidentOn: '2026-02-31' }, { field: 'incidentOn', code: 'not_a_date' }],
    ['a year that nobody remembers', { incidentOn: '0001-01-01' }, { field: 'incidentOn', code: 'not_a_date' }],
    ['the day after tomorrow', { incidentOn: '2026-11-26' }, { field: 'incidentOn', code: 'in_the_future' }],
    ['a country that is none', { country: 'XX' }, { field: 'country', code: 'not_a_country' }],
    ['a kind that is none', { kind: 'gossip' as never }, { field: 'kind', code: 'not_a_choice' }],
    ['an address that is none', { contact: { email: 'at home', neutral: true } }, { field: 'contact.email', code: 'not_an_address' }],
    [
      'an address with another behind it',
      { contact: { email: 'a@b.example, c@d.example', neutral: true } },
      { field: 'contact.email', code: 'not_an_address' },
    ],
    [
      'quiet hours on the moon',
      { contact: { email: 'a@b.example', neutral: true, quiet: { from: '22:00', until: '08:00', timeZone: 'Moon/Sea' } } },
      { field: 'contact.quiet', code: 'not_a_choice' },
    ],
  ])('is refused for %s', (_, over, problem) => {
    expect(problemsOf(over)).toEqual([problem]);
  });

  it('lists all of its problems at once', () => {
    expect(problemsOf({ narrative: '', country: 'X', incidentOn: 'yesterday' }).map(({ field }) => field)).toEqual([
      'narrative',
      'incidentOn',
      'country',
    ]);
  });

  it('may be about a day that has begun somewhere on earth', () => {
    expect(problemsOf({ incidentOn: '2026-11-25' })).toEqual([]);
  });

  it('counts characters as people do, so that emoji and rare scripts have the same room', () => {
    expect(problemsOf({ narrative: '🕊'.repeat(COMPLAINT_LIMITS.narrative) })).toEqual([]);
  });

  it('is cleaned of controls and of what turns a page around, and keeps joiners', () => {
    const checked = checkComplaint({ ...plain, narrative: 'one\u202Etwo\u0007\r\nمی‌خواهم', language: 'PT-mz' }, now);
    expect(checked).toEqual({ ok: true, complaint: { narrative: 'onetwo\nمی‌خواهم', language: 'pt-MZ' } });
  });

  it.each([undefined, 'anonymous'] as const)('is refused with a name of somebody whose anonymity is %s', (anonymity) => {
    const wish = anonymity === undefined ? {} : { anonymity };
    const problems = [{ field: 'name', code: 'name_though_anonymous' }];
    expect(checkComplaint({ ...plain, ...wish, name: 'A. B.' }, now)).toEqual({ ok: false, problems });
    expect(checkComplaint({ ...plain, ...wish, name: ' ' }, now).ok).toBe(true);
  });

  it.each(['confidential', 'open'] as const)('keeps a name that is %s', (anonymity) => {
    const named = checkComplaint({ ...plain, name: 'A. B.', anonymity }, now);
    expect(named.ok && named.complaint.name).toBe('A. B.');
  });
});

describe('a message', () => {
  it('is cleaned, and refused when nothing is left', () => {
    expect(checkText('body', '  hello\u0000 ')).toEqual({ ok: true, text: 'hello' });
    expect(checkText('body', '\u2066\u2069')).toEqual({ ok: false, problems: [{ field: 'body', code: 'missing' }] });
  });
});
