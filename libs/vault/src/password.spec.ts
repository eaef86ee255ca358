import { unwrapNothing, unwrapSecretKey, wrapSecretKey, STANDARD_PASSWORD_COST } from './password';
import { newSessionKey, openForSession, sealForSession, sessionLookup } from './session';
import { randomBytes } from './sodium';

const cheap = { opslimit: 1, memlimit: 64 * 1024 };

describe('a key wrapped under a password', () => {
  it('opens with the password and with no other', async () => {
    const secretKey = randomBytes(32);
    const { wrapped, kdf } = await wrapSecretKey('correct horse', secretKey, cheap);
    await expect(unwrapSecretKey('correct horse', wrapped, kdf)).resolves.toEqual(secretKey);
    for (const wrong of ['correct horse ', 'Correct horse', '']) {
      await expect(unwrapSecretKey(wrong, wrapped, kdf)).resolves.toBeUndefined();
    }
  });

  it('opens when the keyboard composes the same characters in another way', async () => {
    const secretKey = randomBytes(32);
    const { wrapped, kdf } = await wrapSecretKey('caf\u00e9 \u00a0au lait', secretKey, cheap);
    await expect(unwrapSecretKey('cafe\u0301\u00a0 au lait', wrapped, kdf)).resolves.toEqual(secretKey);
  });

  it('stores what is needed to open it as plain JSON, at the standard cost unless told otherwise', async () => {
    const { wrapped, kdf } = await wrapSecretKey('password', randomBytes(32));
    expect(JSON.parse(JSON.stringify(kdf))).toEqual({
      ...STANDARD_PASSWORD_COST,
      algorithm: 'argon2id',
      salt: kdf.salt,
    });
    expect(Buffer.from(kdf.salt, 'base64')).toHaveLength(16);
    expect(wrapped).toHaveLength(1 + 24 + 32 + 16);
  });

  it('does not open when its row was changed', async () => {
    const { wrapped, kdf } = await wrapSecretKey('password', randomBytes(32), cheap);
    const flipped = Buffer.from(wrapped);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    await expect(unwrapSecretKey('password', flipped, kdf)).resolves.toBeUndefined();
    await expect(unwrapSecretKey('password', wrapped, { ...kdf, opslimit: 2 })).resolves.toBeUndefined();
    await expect(unwrapSecretKey('password', wrapped.subarray(0, 20), kdf)).rejects.toMatchObject({
      code: 'truncated',
    });
    await expect(unwrapSecretKey('password', Buffer.of(9), kdf)).rejects.toMatchObject({ code: 'unknown_version' });
    const otherSalt = { ...kdf, salt: '' };
    await expect(unwrapSecretKey('password', wrapped, otherSalt)).rejects.toMatchObject({ code: 'unknown_version' });
  });

  it('does not let a row ask for more memory or time than a sign-in may take', async () => {
    const { wrapped, kdf } = await wrapSecretKey('password', randomBytes(32), cheap);
    for (const excess of [{ memlimit: 2 ** 31 }, { opslimit: 1000 }, { memlimit: Number.NaN }]) {
      await expect(unwrapSecretKey('password', wrapped, { ...kdf, ...excess })).rejects.toThrow(RangeError);
    }
  });

  it('leaves the main thread free while it works', async () => {
    let done = false;
    const work = unwrapNothing('password').then(() => (done = true));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    await work;
  });

  it('serves a rush of sign-ins to the last, also after one of them failed', async () => {
    const { wrapped, kdf } = await wrapSecretKey('password', randomBytes(32), cheap);
    const broken = unwrapNothing('password', { opslimit: 1, memlimit: 1 });
    const rush = Array.from({ length: 20 }, () => unwrapSecretKey('password', wrapped, kdf));
    await expect(broken).rejects.toThrow();
    expect((await Promise.all(rush)).every((key) => key?.length === 32)).toBe(true);
  });
});

describe('a session', () => {
  it('opens with its token alone', () => {
    const secretKey = randomBytes(32);
    const session = newSessionKey();
    const sealed = sealForSession(session.token, secretKey);
    expect(session.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(sessionLookup(session.token).equals(session.lookup)).toBe(true);
    expect(openForSession(session.token, sealed).equals(secretKey)).toBe(true);
    expect(() => openForSession(newSessionKey().token, sealed)).toThrow(expect.objectContaining({ code: 'cannot_open' }));
  });

  it('is not found by what is not a token, and nothing throws', () => {
    const { lookup } = newSessionKey();
    for (const token of ['', 'x', '\u0000', 'a'.repeat(10_000)]) {
      expect(sessionLookup(token)).toHaveLength(32);
      expect(sessionLookup(token).equals(lookup)).toBe(false);
    }
  });

  it('does not open from changed or short bytes', () => {
    const { token } = newSessionKey();
    const sealed = sealForSession(token, randomBytes(32));
    for (const length of [0, 1, 25, sealed.length - 1]) {
      expect(() => openForSession(token, sealed.subarray(0, length))).toThrow(expect.objectContaining({ code: 'cannot_open' }));
    }
  });
});
