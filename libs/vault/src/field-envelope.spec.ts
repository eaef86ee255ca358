import fc from 'fast-check';
import { inspect } from 'node:util';
import { caseKeyFrom, newCaseKey } from './case-key';
import { openField, openJson, sealField, sealJson } from './field-envelope';
import type { Place } from './place';

const key = newCaseKey();
const place: Place = {
  table: 'message',
  column: 'sealed_body',
  caseId: '0193a5f0-7c1e-7b3a-9d52-2f6f1c0a4e11',
  rowId: '0193a5f0-7c1e-7b3a-9d52-2f6f1c0a4e12',
};
/** One character of any script, or of none. `unit: 'binary'` is the same, and lists all million of them first, which takes half a second. */
const anyCharacter = fc.nat(0x10ffff - 0x800).map((at) => String.fromCodePoint(at < 0xd800 ? at : at + 0x800));
const anyText = fc.string({ unit: anyCharacter, maxLength: 6000, size: 'max' });
const anyPlace = fc.record({
  table: fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/),
  column: fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/),
  caseId: fc.uuid(),
  rowId: fc.uuid(),
});

describe('a sealed field', () => {
  it('opens at its place to what was sealed, whatever the text', () => {
    fc.assert(
      fc.property(anyText, anyPlace, (text, somewhere) => {
        expect(openField(key, somewhere, sealField(key, somewhere, text))).toBe(text);
      }),
    );
  });

  it('does not open at any other place', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (here, there) => {
        fc.pre(Object.values(here).join() !== Object.values(there).join());
        const sealed = sealField(key, here, 'The guards kept our passports.');
        expect(() => openField(key, there, sealed)).toThrow(expect.objectContaining({ code: 'cannot_open' }));
      }),
    );
  });

  it.each(['table', 'column', 'caseId', 'rowId'] as const)('does not open when only its %s is another', (part) => {
    const moved = { ...place, [part]: part === 'table' || part === 'column' ? 'other' : '0193a5f0' };
    const sealed = sealField(key, place, 'text');
    expect(() => openField(key, moved, sealed)).toThrow(expect.objectContaining({ code: 'cannot_open' }));
  });

  it('does not open when any one bit of it was flipped', () => {
    const sealed = sealField(key, place, 'short');
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(sealed);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => openField(key, place, flipped)).toThrow(expect.objectContaining({ name: 'VaultError' }));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not open when its end is missing', () => {
    const sealed = sealField(key, place, 'short');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), (length) => {
        const cut = sealed.subarray(0, length);
        expect(() => openField(key, place, cut)).toThrow(expect.objectContaining({ name: 'VaultError' }));
      }),
    );
  });

  it('is never the same twice', () => {
    expect(sealField(key, place, 'yes').equals(sealField(key, place, 'yes'))).toBe(false);
  });

  it('has the same length for every text of the same step', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), (one, other) => {
        const sealed = [one, other].map((length) => sealField(key, place, 'x'.repeat(length)).length);
        expect(sealed[0]).toBe(sealed[1]);
      }),
    );
    expect(sealField(key, place, 'x'.repeat(4096))).toHaveLength(sealField(key, place, 'x'.repeat(8191)).length);
  });

  it('keeps a text that ends like padding', () => {
    for (const text of ['\u0080', '\u0080\0\0', '\0', 'end\0\0\0']) {
      expect(openField(key, place, sealField(key, place, text))).toBe(text);
    }
  });

  it('opens with the right one of several keys, and says when none of them is it', () => {
    const sealed = sealField(key, place, 'text');
    expect(openField([newCaseKey(), key], place, sealed)).toBe('text');
    for (const others of [newCaseKey(), [newCaseKey(), newCaseKey()], []]) {
      expect(() => openField(others, place, sealed)).toThrow(expect.objectContaining({ code: 'unknown_key' }));
    }
  });

  it('says when its format is from another version of the program', () => {
    const sealed = sealField(key, place, 'text');
    sealed[0] = 2;
    expect(() => openField(key, place, sealed)).toThrow(expect.objectContaining({ code: 'unknown_version' }));
  });

  it('does not tell in its error what it holds, where it lies or under which key', () => {
    const sealed = sealField(key, place, 'passport');
    const open = () => openField(key, { ...place, rowId: 'r2' }, sealed);
    expect(open).toThrow(/^The sealed content cannot be opened with this key at this place\.$/);
  });

  it('cannot be sealed at a place whose parts could be mistaken for one another', () => {
    for (const bad of [{ table: 'a|b' }, { column: '' }, { caseId: 'a|b' }, { rowId: '' }, { table: 'Message' }]) {
      expect(() => sealField(key, { ...place, ...bad }, 'text')).toThrow(TypeError);
    }
  });

  it('treats an identifier in capitals as the same identifier', () => {
    const sealed = sealField(key, { ...place, rowId: place.rowId.toUpperCase() }, 'text');
    expect(openField(key, place, sealed)).toBe('text');
  });
});

describe('a sealed JSON value', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(openJson(key, place, sealJson(key, place, value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => sealJson(key, place, undefined)).toThrow(TypeError);
    expect(() => sealJson(key, place, () => 1)).toThrow(TypeError);
  });
});

describe('a case key', () => {
  it('does not show itself when it is printed or serialised', () => {
    const bytes = Buffer.alloc(32, 'k');
    const secret = caseKeyFrom(bytes);
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- that it says nothing is what is tested
    const shown = JSON.stringify({ secret }) + String(secret) + inspect(secret, { depth: 5, showHidden: true });
    expect(shown).not.toContain('6b6b');
    expect(shown).not.toContain('107');
    expect(shown).not.toContain('kkk');
  });

  it('is zeros once it was wiped', () => {
    const bytes = Buffer.alloc(32, 'k');
    caseKeyFrom(bytes).wipe();
    expect(bytes.equals(Buffer.alloc(32))).toBe(true);
  });

  it('must have 32 bytes', () => {
    expect(() => caseKeyFrom(Buffer.alloc(31))).toThrow(TypeError);
  });
});
