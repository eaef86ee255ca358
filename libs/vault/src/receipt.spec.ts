import fc from 'fast-check';
import { checkDigit, formatReceipt, newReceiptFrom, normaliseReceipt } from './receipt';
import { complainantKeyPair, deriveReceipt, receiptLookup } from './receipt-keys';
import { randomBytes } from './sodium';

/** One character of any script, or of none. `unit: 'binary'` is the same, and lists all million of them first, which takes half a second. */
const anyCharacter = fc.nat(0x10ffff - 0x800).map((at) => String.fromCodePoint(at < 0xd800 ? at : at + 0x800));
const anyReceipt = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((seed) => newReceiptFrom(Buffer.from(seed)));

/** The digits of a script, named by the code point of its zero. */
function inScript(zero: number, digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

const SCRIPTS = {
  'Arabic-Indic': 0x0660,
  Persian: 0x06f0,
  "N'Ko": 0x07c0,
  Devanagari: 0x0966,
  Bengali: 0x09e6,
  Thai: 0x0e50,
  Tibetan: 0x0f20,
  Myanmar: 0x1040,
  Khmer: 0x17e0,
  fullwidth: 0xff10,
  'mathematical bold': 0x1d7ce,
  'mathematical monospace': 0x1d7f6,
  Adlam: 0x1e950,
};

describe('a receipt', () => {
  it('has 24 digits and passes its own check', () => {
    fc.assert(
      fc.property(anyReceipt, (digits) => {
        expect(digits).toMatch(/^[0-9]{24}$/);
        expect(normaliseReceipt(digits)).toEqual({ ok: true, digits });
      }),
    );
  });

  it('is shown in six groups of four and read back', () => {
    fc.assert(
      fc.property(anyReceipt, (digits) => {
        expect(formatReceipt(digits)).toMatch(/^(\d{4} ){5}\d{4}$/);
        expect(normaliseReceipt(formatReceipt(digits))).toEqual({ ok: true, digits });
      }),
    );
  });

  it('uses every digit at every random position', () => {
    const seen = Array.from({ length: 23 }, () => new Set<string>());
    for (let round = 0; round < 500; round += 1) {
      [...newReceiptFrom(randomBytes(32)).slice(0, 23)].forEach((digit, at) => seen[at]?.add(digit));
    }
    expect(seen.every((digits) => digits.size === 10)).toBe(true);
  });

  it('needs a seed of at least 32 bytes', () => {
    expect(() => newReceiptFrom(Buffer.alloc(31))).toThrow(TypeError);
  });

  it('is not formatted before it is normalised, and is not repeated in the error', () => {
    expect(() => formatReceipt('1234 5678')).toThrow(/^(?!.*1234)/);
  });
});

/** One comparison for thousands of slips: `expect` on each would take longer than the check. */
function isCaught(slip: string): boolean {
  const read = normaliseReceipt(slip);
  return !read.ok && read.reason === 'check_digit';
}

describe('the check digit', () => {
  it('is that of the published example', () => {
    expect(checkDigit('572')).toBe('4');
  });

  it('catches every wrong digit, at every position', () => {
    fc.assert(
      fc.property(anyReceipt, (digits) => {
        const slips = [...digits].flatMap((right, at) =>
          [...'0123456789'.replace(right, '')].map((wrong) => digits.slice(0, at) + wrong + digits.slice(at + 1)),
        );
        expect(slips).toHaveLength(24 * 9);
        expect(slips.filter((slip) => !isCaught(slip))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('catches every two neighbours exchanged', () => {
    fc.assert(
      fc.property(anyReceipt, (digits) => {
        const slips = Array.from({ length: 23 }, (_, at) => {
          const [first = '', second = ''] = digits.slice(at, at + 2);
          return digits.slice(0, at) + second + first + digits.slice(at + 2);
        });
        expect(slips.filter((slip) => slip !== digits && !isCaught(slip))).toEqual([]);
      }),
    );
  });
});

describe('a typed receipt', () => {
  const digits = newReceiptFrom(Buffer.alloc(32));
  const accepted = { ok: true, digits };

  it.each(Object.entries(SCRIPTS))('is accepted in %s digits', (_name, zero) => {
    expect(normaliseReceipt(inScript(zero, formatReceipt(digits)))).toEqual(accepted);
  });

  it('is accepted in every script that Unicode has decimal digits for', () => {
    const zeros: number[] = [];
    let run = 0;
    for (let codePoint = 0; codePoint <= 0x1ffff; codePoint += 1) {
      const isDigit = /\p{Nd}/u.test(String.fromCodePoint(codePoint));
      if (isDigit && run % 10 === 0) zeros.push(codePoint);
      run = isDigit ? run + 1 : 0;
    }
    expect(zeros.length).toBeGreaterThan(60);
    for (const zero of zeros) expect(normaliseReceipt(inScript(zero, digits))).toEqual(accepted);
  });

  it('agrees with Unicode about the value of compatibility digits', () => {
    for (let codePoint = 0x1d7ce; codePoint <= 0x1d7ff; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      const mixed = inScript(0x30, digits).replaceAll(character.normalize('NFKC'), character);
      expect(normaliseReceipt(mixed)).toEqual(accepted);
    }
  });

  it('is accepted with mixed scripts and with spaces, dashes and invisible marks anywhere', () => {
    const noise = fc.constantFrom(
      '',
      ' ',
      '\u00a0',
      '\u2009',
      '\u3000',
      '\t',
      '\n',
      '-',
      '\u2010',
      '\u2011',
      '\u2013',
      '\u2014',
      '\u2212',
      '\u0640',
      '\u200b',
      '\u200e',
      '\u200f',
      '\u061c',
      '\u202b',
      '\u202e',
      '\u2067',
      '\u2069',
      '\ufeff',
      '\u00ad',
    );
    const zero = fc.constantFrom(0x30, ...Object.values(SCRIPTS));
    const each = fc.array(fc.tuple(noise, zero), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(anyReceipt, each, noise, (receipt, marks, end) => {
        const typed = marks.map(([mark, script], at) => mark + inScript(script, receipt[at] ?? '')).join('') + end;
        expect(normaliseReceipt(typed)).toEqual({ ok: true, digits: receipt });
      }),
    );
  });

  it('is refused with the reason a person can act on', () => {
    expect(normaliseReceipt('')).toEqual({ ok: false, reason: 'length' });
    expect(normaliseReceipt(digits.slice(1))).toEqual({ ok: false, reason: 'length' });
    expect(normaliseReceipt(`${digits}0`)).toEqual({ ok: false, reason: 'length' });
    expect(normaliseReceipt(digits.replace(/.$/, 'O'))).toEqual({ ok: false, reason: 'characters' });
    expect(normaliseReceipt(digits.replace(/^./, '½'))).toEqual({ ok: false, reason: 'characters' });
    expect(normaliseReceipt(digits.replace(/^./, '七'))).toEqual({ ok: false, reason: 'characters' });
    expect(normaliseReceipt('1'.repeat(1_000_000))).toEqual({ ok: false, reason: 'length' });
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 500, size: 'max' }), (typed) => {
        expect(typeof normaliseReceipt(typed).ok).toBe('boolean');
      }),
    );
  });
});

describe('a derived receipt', () => {
  const origin = {
    secret: Buffer.alloc(32, 1),
    idempotencyKey: '8c1d5f3e-52a4-4a3e-9b0f-7d5c2e9a1b64',
    bodyHash: Buffer.alloc(32, 2),
  };

  it('is the same for the same submit and another for every other', () => {
    const first = deriveReceipt(origin);
    expect(deriveReceipt({ ...origin })).toBe(first);
    expect(deriveReceipt({ ...origin, secret: Buffer.alloc(32, 9) })).not.toBe(first);
    expect(deriveReceipt({ ...origin, idempotencyKey: '8c1d5f3e-52a4-4a3e-9b0f-7d5c2e9a1b65' })).not.toBe(first);
    expect(deriveReceipt({ ...origin, bodyHash: Buffer.alloc(32, 3) })).not.toBe(first);
  });
});

describe('what is made from a receipt', () => {
  const digits = newReceiptFrom(Buffer.alloc(32));
  const [pepper, otherPepper] = [Buffer.alloc(32, 5), Buffer.alloc(32, 6)];

  it('cannot be made without the pepper', () => {
    expect(receiptLookup(pepper, digits).equals(receiptLookup(otherPepper, digits))).toBe(false);
    const [one, other] = [complainantKeyPair(pepper, digits), complainantKeyPair(otherPepper, digits)];
    expect(one.publicKey.equals(other.publicKey)).toBe(false);
    expect(one.publicKey.equals(complainantKeyPair(pepper, digits).publicKey)).toBe(true);
  });

  it('is refused for a receipt that was not normalised, and for a pepper that is too short', () => {
    for (const typed of [formatReceipt(digits), inScript(0x0660, digits), '']) {
      expect(() => receiptLookup(pepper, typed)).toThrow(TypeError);
      expect(() => complainantKeyPair(pepper, typed)).toThrow(TypeError);
    }
    expect(() => receiptLookup(Buffer.alloc(16), digits)).toThrow(TypeError);
    expect(() => complainantKeyPair(Buffer.alloc(0), digits)).toThrow(TypeError);
  });
});
