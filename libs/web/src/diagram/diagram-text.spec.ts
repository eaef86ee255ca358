import fc from 'fast-check';
import { balanced, textWidth, wrapped } from './diagram-text';

const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'i', 'M', 'É', '\u0651', 'ل', '字', '\u00a0'), maxLength: 14 }), {
  maxLength: 12,
});
const sizes = [fc.oneof(fc.integer({ min: 5, max: 300 }), fc.integer({ min: 60, max: 160 })), fc.constantFrom(14, 16)] as const;

/** As it is meant, one unit after the other. */
function slowlyBalanced(text: string, width: number, fontSize: number): readonly string[] {
  let lines = wrapped(text, width, fontSize);
  for (let narrower = width - 1; narrower > width / 2; narrower -= 1) {
    const others = wrapped(text, narrower, fontSize);
    if (others.length > lines.length || others.join(' ') !== lines.join(' ')) break;
    lines = others;
  }
  return lines;
}

it('makes each line about as long as the others', () => {
  expect(balanced('Waiting for the answer of the company', 230, 16)).toEqual(['Waiting for the', 'answer of the company']);
  expect(balanced('', 230, 16)).toEqual([]);
});

it('balances as if every width was tried', () => {
  fc.assert(
    fc.property(words, ...sizes, (some, width, fontSize) => {
      const text = some.join(' ');
      expect(balanced(text, width, fontSize)).toEqual(slowlyBalanced(text, width, fontSize));
    }),
    { numRuns: 2_000 },
  );
});

it('makes no line wider than there is room, unless a single letter is', () => {
  fc.assert(
    fc.property(words, ...sizes, (some, width, fontSize) => {
      for (const line of balanced(some.join(' '), width, fontSize)) {
        if (textWidth(line, fontSize) > width) expect([...line].filter((letter) => textWidth(letter, fontSize) > 0)).toHaveLength(1);
      }
    }),
  );
});
