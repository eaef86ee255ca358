import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { caseKeyFrom } from './case-key';
import { openField, sealFieldWith } from './field-envelope';
import { createFileOpener, createFileSealerWith, sealedFileSize } from './file-seal';
import { keyPairFrom, openSealed, openSealedText } from './key-pair';
import { mac } from './mac';
import { pad } from './padding';
import { unwrapSecretKey, type PasswordKdf } from './password';
import { associatedData, type Place } from './place';
import { formatReceipt, newReceiptFrom } from './receipt';
import { complainantKeyPair, deriveReceipt, receiptLookup } from './receipt-keys';
import { openToken } from './sealed-token';
import { openForSession, sessionLookup } from './session';

/**
 * Replays vectors.json, whose values were computed by another implementation (see its README). The values are frozen: if
 * one of these tests fails, the format has changed and what is already stored would not open any more.
 */
interface Vectors {
  padding: { contentLength: number; paddedLength: number }[];
  caseKeys: { key: string; id: string }[];
  fields: { key: string; place: Place; associatedData: string; text: string; nonce: string; sealed: string }[];
  sealedBoxes: { secretKey: string; publicKey: string; plaintext: string; sealed: string }[];
  sealedTexts: { secretKey: string; publicKey: string; text: string; sealed: string }[];
  macs: { secret: string; purpose: string; parts: ({ utf8: string } | { hex: string })[]; mac: string }[];
  receipts: { seed: string; digits: string; shown: string }[];
  derivedReceipts: { secret: string; idempotencyKey: string; bodyHash: string; digits: string }[];
  complainants: { pepper: string; digits: string; lookup: string; publicKey: string; secretKey: string }[];
  passwords: { password: string; kdf: PasswordKdf; secretKey: string; wrapped: string }[];
  sessions: { token: string; lookup: string; secretKey: string; sealed: string }[];
  tokens: { secret: string; purpose: string; expiresAt: string; value: unknown; token: string }[];
  files: {
    key: string;
    place: Place;
    header: string;
    plainLength: number;
    sealedLength: number;
    sealedSha256: string;
  }[];
}

const vectors = JSON.parse(readFileSync(join(__dirname, '../vectors/vectors.json'), 'utf8')) as Vectors;
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('the known answers', () => {
  it('cover every format', () => {
    for (const [name, values] of Object.entries(vectors)) {
      if (name !== 'format') expect(values).not.toHaveLength(0);
    }
    expect(Object.keys(vectors)).toHaveLength(14);
  });

  it.each(vectors.padding)('$contentLength bytes are padded to $paddedLength', ({ contentLength, paddedLength }) => {
    expect(pad(Buffer.alloc(contentLength, 'x'))).toHaveLength(paddedLength);
  });

  it.each(vectors.caseKeys)('a case key has the id $id', ({ key, id }) => {
    expect(caseKeyFrom(hex(key)).id.toString('hex')).toBe(id);
  });

  it.each(vectors.fields)('a field is sealed to exactly these bytes, and opened: "$text"', (vector) => {
    const key = caseKeyFrom(hex(vector.key));
    expect(associatedData(vector.place).toString()).toBe(vector.associatedData);
    expect(sealFieldWith(key, vector.place, vector.text, hex(vector.nonce)).toString('hex')).toBe(vector.sealed);
    expect(openField(key, vector.place, hex(vector.sealed))).toBe(vector.text);
  });

  it.each(vectors.sealedBoxes)('a sealed box opens', (vector) => {
    const pair = keyPairFrom(hex(vector.secretKey));
    expect(pair.publicKey.toString('hex')).toBe(vector.publicKey);
    expect(openSealed(pair, hex(vector.sealed)).toString('hex')).toBe(vector.plaintext);
  });

  it.each(vectors.sealedTexts)('a text sealed to a public key opens', (vector) => {
    expect(openSealedText(keyPairFrom(hex(vector.secretKey)), hex(vector.sealed))).toBe(vector.text);
  });

  it.each(vectors.macs)('a mac for $purpose over $parts', (vector) => {
    const parts = vector.parts.map((part) => ('hex' in part ? hex(part.hex) : part.utf8));
    expect(mac(hex(vector.secret), vector.purpose, ...parts).toString('hex')).toBe(vector.mac);
  });

  it.each(vectors.receipts)('a seed gives the receipt $shown', ({ seed, digits, shown }) => {
    expect(newReceiptFrom(hex(seed))).toBe(digits);
    expect(formatReceipt(digits)).toBe(shown);
  });

  it.each(vectors.derivedReceipts)('a submit gives the receipt $digits', (vector) => {
    const { idempotencyKey } = vector;
    const origin = { secret: hex(vector.secret), idempotencyKey, bodyHash: hex(vector.bodyHash) };
    expect(deriveReceipt(origin)).toBe(vector.digits);
  });

  it.each(vectors.complainants)('the receipt $digits gives its look-up and its key pair', (vector) => {
    const pair = complainantKeyPair(hex(vector.pepper), vector.digits);
    expect(receiptLookup(hex(vector.pepper), vector.digits).toString('hex')).toBe(vector.lookup);
    expect(pair.publicKey.toString('hex')).toBe(vector.publicKey);
    expect(pair.secretKey.toString('hex')).toBe(vector.secretKey);
  });

  it.each(vectors.passwords)('a password unwraps its key', async (vector) => {
    const secretKey = await unwrapSecretKey(vector.password, hex(vector.wrapped), vector.kdf);
    expect(secretKey?.toString('hex')).toBe(vector.secretKey);
  });

  it.each(vectors.sessions)('a session token has its look-up and opens its key', (vector) => {
    expect(sessionLookup(vector.token).toString('hex')).toBe(vector.lookup);
    expect(openForSession(vector.token, hex(vector.sealed)).toString('hex')).toBe(vector.secretKey);
  });

  it.each(vectors.tokens)('a token for $purpose opens until $expiresAt', (vector) => {
    const lastInstant = new Date(Date.parse(vector.expiresAt) - 1);
    const open = (now: Date) => openToken(hex(vector.secret), vector.purpose, vector.token, now);
    expect(open(lastInstant)).toEqual({ ok: true, value: vector.value });
    expect(open(new Date(vector.expiresAt))).toEqual({ ok: false, reason: 'expired', value: vector.value });
  });

  it.each(vectors.files)('a file of $plainLength bytes is sealed to exactly these bytes, and opened', async (vector) => {
    const key = caseKeyFrom(hex(vector.key));
    const plain = Buffer.from(Array.from({ length: vector.plainLength }, (_, index) => index % 251));
    const sealer = createFileSealerWith(key, vector.place, hex(vector.header));
    const sealed = await buffer(Readable.from([plain]).pipe(sealer));
    expect(createHash('sha256').update(sealed).digest('hex')).toBe(vector.sealedSha256);
    expect(sealed).toHaveLength(vector.sealedLength);
    expect(sealedFileSize(vector.plainLength)).toBe(vector.sealedLength);
    const opened = await buffer(Readable.from([sealed]).pipe(createFileOpener(key, vector.place)));
    expect(opened.equals(plain)).toBe(true);
  });
});
