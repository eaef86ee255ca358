import fc from 'fast-check';
import { cleanText, countCharacters } from './clean-text';

/** One character of any script, or of none. `unit: 'binary'` is the same, and lists all million of them first, which takes half a second. */
const anyCharacter = fc.nat(0x10ffff - 0x800).map((at) => String.fromCodePoint(at < 0xd800 ? at : at + 0x800));

describe('cleanText', () => {
  it.each([
    ['keeps line ends and tabs', 'one\n\ttwo', 'one\n\ttwo'],
    ['makes every line end a line feed', 'a\r\nb\rc\u0085d\u2028e\u2029f', 'a\nb\nc\nd\ne\nf'],
    ['removes control characters', 'a\u0000b\u0007c\u001bd\u007fe\u009bf\ufeffg', 'abcdefg'],
    ['removes overrides and embeddings', 'pay \u202e001\u202c $\u202a \u202b\u202d', 'pay 001 $ '],
    ['removes isolates', '\u2066a\u2067b\u2068c\u2069', 'abc'],
    ['keeps the marks that writers of Arabic need', 'أ\u200eب\u200fج\u061cد', 'أ\u200eب\u200fج\u061cد'],
    ['keeps the joiners of Persian and of emoji', 'می\u200cخواهم 👩\u200d👧', 'می\u200cخواهم 👩\u200d👧'],
    ['composes', 'cafe\u0301', 'café'],
    ['composes what a removed character had kept apart', 'e\u202e\u0301', 'é'],
    ['replaces half a character', 'a\ud83dz', 'a\ufffdz'],
    ['keeps everything else', '  “Ünïcode” 漢字 አማርኛ ⅷ ﬁ\u00a0', '  “Ünïcode” 漢字 አማርኛ ⅷ ﬁ\u00a0'],
    ['keeps nothing of nothing', '', ''],
  ])('%s', (_case, typed, cleaned) => {
    expect(cleanText(typed)).toBe(cleaned);
  });

  it('cleans whatever is typed, once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (typed) => {
        const cleaned = cleanText(typed);
        // eslint-disable-next-line no-control-regex -- control characters are what must be gone
        expect(cleaned).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\r]|\p{Surrogate}/u);
        expect(cleanText(cleaned)).toBe(cleaned);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('countCharacters', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['😀😀', 2],
    ['e\u0301', 2],
    ['شكوى', 4],
  ])('%j has %i', (text, count) => {
    expect(countCharacters(text)).toBe(count);
  });
});
