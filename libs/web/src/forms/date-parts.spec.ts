import { readDateParts, toLatinDigits } from './date-parts';

const read = (day: string, month: string, year: string) =>
  readDateParts({ day, month, year }, { notAfter: '2026-11-24', notBefore: '1950-01-01' });

describe('readDateParts', () => {
  it.each([
    ['24', '11', '2026', '2026-11-24'],
    ['1', '2', '2024', '2024-02-01'],
    ['29', '2', '2024', '2024-02-29'],
    ['٢٤', '١١', '٢٠٢٥', '2025-11-24'],
    [' 5 ', '05', '1999', '1999-05-05'],
    ['', '', '', undefined],
  ])('%s %s %s is %s', (day, month, year, date) => {
    expect(read(day, month, year)).toEqual({ ok: true, date });
  });

  it.each([
    ['31', '2', '2026', 'not_a_date'],
    ['29', '2', '2023', 'not_a_date'],
    ['0', '1', '2026', 'not_a_date'],
    ['1', '13', '2026', 'not_a_date'],
    ['1', '1', '26', 'not_a_date'],
    ['one', '1', '2026', 'not_a_date'],
    ['-1', '1', '2026', 'not_a_date'],
    ['1', '', '2026', 'incomplete'],
    ['25', '11', '2026', 'in_the_future'],
    ['31', '12', '1949', 'too_long_ago'],
  ])('%s %s %s is refused: %s', (day, month, year, reason) => {
    expect(read(day, month, year)).toEqual({ ok: false, reason });
  });
});

describe('toLatinDigits', () => {
  it.each([
    ['٠١٢٣٤٥٦٧٨٩', 'Arabic'],
    ['۰۱۲۳۴۵۶۷۸۹', 'Persian'],
    ['०१२३४५६७८९', 'Devanagari'],
    ['০১২৩৪৫৬৭৮৯', 'Bengali'],
    ['၀၁၂၃၄၅၆၇၈၉', 'Burmese'],
    ['０１２３４５６７８９', 'full-width'],
    ['𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡', 'mathematical'],
    ['𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙', 'Adlam'],
  ])('understands %s (%s)', (digits) => {
    expect(toLatinDigits(digits)).toBe('0123456789');
  });
});
