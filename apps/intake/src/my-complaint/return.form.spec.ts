import { readForm } from '@recourse/web';
import { newReceiptFrom, formatReceipt } from '@recourse/vault';
import { ReturnForm } from './return.form';

const digits = newReceiptFrom(Buffer.alloc(32, 7));
const errorOf = (number: string) => {
  const reading = readForm(ReturnForm, { number });
  return reading.ok ? undefined : { key: reading.errors[0]?.key, params: reading.errors[0]?.params };
};

describe('a number typed on the return page', () => {
  it.each([
    ['as it is shown', formatReceipt(digits)],
    ['without spaces', digits],
    ['with dashes', formatReceipt(digits).replaceAll(' ', '–')],
    ['in Arabic digits', digits.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))],
    ['in Bengali digits', digits.replace(/\d/g, (digit) => String.fromCodePoint(0x9e6 + Number(digit)))],
    ['with marks of direction', `\u200F${digits}\u200F`],
  ])('is understood %s', (_, number) => {
    expect(errorOf(number)).toBeUndefined();
  });

  it.each([
    ['', 'empty', {}],
    ['12 34', 'length', { count: 4 }],
    ['twenty', 'characters', {}],
  ])('is refused with what anybody can see: %p', (number, problem, params) => {
    expect(errorOf(number)).toEqual({ key: `intake-return.problems.${problem}`, params });
  });

  it('says the same of a slip as of a number that opens nothing', () => {
    const slip = `${digits.slice(0, 23)}${String((Number(digits[23]) + 1) % 10)}`;
    expect(errorOf(slip)).toEqual({ key: 'intake-return.problems.not_found', params: {} });
  });
});
