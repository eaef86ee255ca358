import { formatsFor } from './formats';

const english = formatsFor({ code: 'en', name: 'English', direction: 'ltr', formats: 'en-GB' }, 'Europe/Zurich');
const arabic = formatsFor({ code: 'ar', name: 'العربية', direction: 'rtl', formats: 'ar-u-nu-latn' }, 'Europe/Zurich');
const lateEvening = new Date('2026-11-24T23:30:00Z');

describe('formats', () => {
  it('show an instant on the day of the institution', () => {
    expect(english.date(lateEvening)).toBe('25 November 2026');
    expect(english.dateTime(lateEvening)).toBe('25 November 2026 at 00:30');
  });

  it('do not move a calendar day', () => {
    expect(english.date('2026-11-24')).toBe('24 November 2026');
  });

  it('show Arabic with Latin digits', () => {
    expect(arabic.date('2026-11-24')).toBe('24 نوفمبر 2026');
    expect(arabic.number(1234)).toBe('1,234');
  });

  it('name countries and languages', () => {
    expect(english.country('CH')).toBe('Switzerland');
    expect(arabic.languageName('fa')).toBe('الفارسية');
  });
});
