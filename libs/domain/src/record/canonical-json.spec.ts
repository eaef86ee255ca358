import fc from 'fast-check';
import { canonicalJson, type JsonValue } from './canonical-json';

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x'], c: { z: 0, y: -1.5 } }, '{"a":[true,null,"x"],"b":1,"c":{"y":-1.5,"z":0}}'],
    [{ left: undefined, kept: '' }, '{"kept":""}'],
    // The numbers of RFC 8785, Appendix B.
    [[0, -0, 1e21, 1e-7, 333333333.3333333, 9007199254740992], '[0,0,1e+21,1e-7,333333333.3333333,9007199254740992]'],
    // Sorted by UTF-16 code units, as in RFC 8785 §3.2.3: the emoji comes before U+FB33.
    [{ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 }, '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'],
    ['line\u2028end "quoted" \\', '"line\u2028end \\"quoted\\" \\\\"'],
  ] as const)('writes %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a name', { '\udfff': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['nothing', undefined],
  ])('refuses %s', (_what, value) => {
    expect(() => canonicalJson(value as unknown as JsonValue)).toThrow(TypeError);
  });

  it('gives the same text for every order of names, and the same value back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON.parse makes a name __proto__ an own property; writing it keeps it one.
        const text = canonicalJson(value);
        const backwards = (_name: string, item: unknown): unknown =>
          item !== null && typeof item === 'object' && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).reverse()) : item;
        expect(canonicalJson(JSON.parse(text, backwards) as JsonValue)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
