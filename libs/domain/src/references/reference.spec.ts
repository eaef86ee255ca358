import fc from 'fast-check';
import { newReference, parseReference } from './reference';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomBytes = fc.uint8Array({ minLength: 9, maxLength: 9 });
const characters = fc.constantFrom(...ALPHABET.split(''));

/** The reference with the character at `index` (0–9, without prefix and dashes) replaced. */
function withCharacter(reference: string, index: number, character: string): string {
  const body = reference.slice(3).replace('-', '');
  return `RC-${body.slice(0, index)}${character}${body.slice(index + 1)}`;
}

describe('newReference', () => {
  it('is the same for the same bytes, in every release', () => {
    expect(newReference(new Uint8Array(9))).toBe('RC-00000-00000');
    expect(newReference(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toBe('RC-12345-67890');
    expect(newReference(Uint8Array.from([255, 254, 253, 252, 251, 250, 249, 248, 247]))).toMatch(/^RC-ZYXWV-TSRQ.$/);
  });

  it('has the form that the database demands', () => {
    fc.assert(
      fc.property(randomBytes, (random) => expect(newReference(random)).toMatch(/^RC-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)),
    );
  });

  it('needs nine bytes', () => {
    expect(() => newReference(new Uint8Array(8))).toThrow(TypeError);
  });
});

describe('parseReference', () => {
  const reference = newReference(Uint8Array.from([3, 1, 0, 1, 5, 9, 2, 0, 5]));

  it('reads what was made', () => {
    fc.assert(
      fc.property(randomBytes, (random) =>
        expect(parseReference(newReference(random))).toEqual({ ok: true, reference: newReference(random) }),
      ),
    );
  });

  it.each([
    ['lower case', (text: string) => text.toLowerCase()],
    ['no dashes', (text: string) => text.replaceAll('-', '')],
    ['no prefix', (text: string) => text.slice(3)],
    ['spaces and other dashes', (text: string) => ` ${text.replaceAll('-', ' – ')} `],
    ['marks of direction and a line end', (text: string) => `\u200f${text}\u202c\r\n`],
    [
      'full-width characters',
      (text: string) => text.replace(/[0-9A-Z]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)),
    ],
    ['Arabic digits', (text: string) => text.replace(/\d/g, (one) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(one)))],
    ['Persian digits', (text: string) => text.replace(/\d/g, (one) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(one)))],
    ['letters that look like digits', (text: string) => text.replaceAll('1', 'l').replaceAll('0', 'O')],
  ])('reads %s', (_case, typed) => {
    expect(parseReference(typed(reference))).toEqual({ ok: true, reference });
  });

  it.each([
    ['', 'length'],
    ['RC-12345', 'length'],
    [`${reference}1`, 'length'],
    ['1'.repeat(1000), 'length'],
    ['RC-12U45-12345', 'characters'],
    ['RC-12345-1234é', 'characters'],
    ["RC-12345-1234'", 'characters'],
  ])('refuses %j for its %s', (typed, reason) => {
    expect(parseReference(typed)).toEqual({ ok: false, reason });
  });

  it('notices every wrong character', () => {
    fc.assert(
      fc.property(randomBytes, fc.integer({ min: 0, max: 9 }), characters, (random, index, character) => {
        const right = newReference(random);
        const wrong = withCharacter(right, index, character);
        const same = parseReference(wrong).ok;
        expect(same).toBe(right.replaceAll('-', '') === wrong.replaceAll('-', ''));
      }),
      { numRuns: 500 },
    );
  });

  it('notices every two characters exchanged', () => {
    fc.assert(
      fc.property(randomBytes, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (random, one, other) => {
        const right = newReference(random);
        const body = right.slice(3).replace('-', '');
        const wrong = withCharacter(withCharacter(right, one, body.charAt(other)), other, body.charAt(one));
        expect(parseReference(wrong).ok).toBe(body.charAt(one) === body.charAt(other));
      }),
      { numRuns: 500 },
    );
  });
});
