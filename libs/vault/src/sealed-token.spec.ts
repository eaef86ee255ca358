import fc from 'fast-check';
import { openToken, sealToken } from './sealed-token';

const secret = Buffer.alloc(32, 1);
const expiresAt = new Date('2026-03-01T12:00:00.000Z');
const before = new Date('2026-03-01T11:59:59.999Z');

describe('a sealed token', () => {
  it('gives back its value until it expires', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const token = sealToken(secret, 'draft', value, expiresAt);
        const wanted: unknown = JSON.parse(JSON.stringify(value));
        expect(openToken(secret, 'draft', token, before)).toEqual({ ok: true, value: wanted });
        expect(openToken(secret, 'draft', token, expiresAt)).toEqual({ ok: false, reason: 'expired', value: wanted });
      }),
    );
  });

  it('is invalid for another secret, another purpose and anything changed', () => {
    const token = sealToken(secret, 'draft', { step: 1 }, expiresAt);
    const invalid = { ok: false, reason: 'invalid' };
    expect(openToken(Buffer.alloc(32, 2), 'draft', token, before)).toEqual(invalid);
    expect(openToken(secret, 'receipt', token, before)).toEqual(invalid);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'AQgw-_z9'.split('')), (at, character) => {
        fc.pre(token[at] !== character);
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        expect(openToken(secret, 'draft', changed, before)).toEqual(invalid);
        expect(openToken(secret, 'draft', token.slice(0, at), before)).toEqual(invalid);
      }),
      { numRuns: 500 },
    );
  });

  it('has one spelling only', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const token = sealToken(secret, 'draft', 'x'.repeat(300), expiresAt);
    const other = token.slice(0, -1) + alphabet.charAt(alphabet.indexOf(token.slice(-1)) + 1);
    expect(Buffer.from(other, 'base64url').equals(Buffer.from(token, 'base64url'))).toBe(true);
    expect(openToken(secret, 'draft', other, before)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('is invalid, and no exception, whatever a browser sends', () => {
    const start = sealToken(secret, 'draft', 1, expiresAt).slice(0, 4);
    fc.assert(
      fc.property(fc.string(), fc.base64String(), (text, base64) => {
        for (const token of [text, base64, start + text, start + base64]) {
          expect(openToken(secret, 'draft', token, before)).toEqual({ ok: false, reason: 'invalid' });
        }
      }),
    );
  });

  it('can be put into a URL, a cookie and a form as it is, and hides its length', () => {
    const [one, other] = ['x', 'x'.repeat(100)].map((text) => sealToken(secret, 'draft', text, expiresAt));
    expect(one).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(one?.length).toBe(other?.length);
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => sealToken(secret, 'draft', undefined, expiresAt)).toThrow(TypeError);
  });
});
