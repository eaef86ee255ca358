import fc from 'fast-check';
import { generateKeyPair, keyPairFrom, openSealed, openSealedText, openSealedWithOneOf, sealTextTo, sealTo } from './key-pair';
import { mac } from './mac';
import { wipe } from './secret-bytes';
import { KeyForgotten, VaultError } from './vault-error';

describe('a sealed box', () => {
  const pair = generateKeyPair();

  it('opens for whom it was sealed, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(openSealed(pair, sealTo(pair.publicKey, Buffer.from(bytes))).equals(bytes)).toBe(true);
      }),
    );
  });

  it('does not open for anybody else, nor after a bit was flipped, nor cut', () => {
    const sealed = sealTo(pair.publicKey, Buffer.from('a case key'));
    expect(() => openSealed(generateKeyPair(), sealed)).toThrow(expect.objectContaining({ code: 'cannot_open' }));
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), fc.nat(sealed.length - 1), (bit, length) => {
        const flipped = Buffer.from(sealed);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        // The highest bit of an X25519 public key is ignored by its arithmetic, but the nonce is a hash over all bits.
        expect(() => openSealed(pair, flipped)).toThrow(expect.objectContaining({ code: 'cannot_open' }));
        expect(() => openSealed(pair, sealed.subarray(0, length))).toThrow(expect.objectContaining({ code: 'cannot_open' }));
      }),
      { numRuns: 300 },
    );
  });

  it('opens with the one pair among several, and with none of the others', () => {
    const others = [generateKeyPair(), generateKeyPair()];
    const sealed = sealTo(pair.publicKey, Buffer.from('a case key'));
    expect(openSealedWithOneOf([...others, pair], sealed).toString()).toBe('a case key');
    for (const pairs of [others, []]) {
      expect(() => openSealedWithOneOf(pairs, sealed)).toThrow(expect.objectContaining({ code: 'cannot_open' }));
    }
    expect(() => openSealedWithOneOf([pair], sealed.subarray(0, 40))).toThrow(expect.objectContaining({ code: 'cannot_open' }));
  });

  it('opens with the pair that was computed from the secret half', () => {
    const again = keyPairFrom(Buffer.from(pair.secretKey));
    expect(again.publicKey.equals(pair.publicKey)).toBe(true);
    expect(openSealed(again, sealTo(pair.publicKey, Buffer.from('key'))).toString()).toBe('key');
  });

  it('refuses a key of another length', () => {
    expect(() => sealTo(Buffer.alloc(31), Buffer.alloc(1))).toThrow(TypeError);
    expect(() => keyPairFrom(Buffer.alloc(33))).toThrow(TypeError);
  });
});

describe('a text sealed to a public key', () => {
  const pair = generateKeyPair();

  it('comes back, and hides its length', () => {
    const [short, long] = ['a@example.org', 'a.much.longer.name@a-much-longer-house.example.org'];
    expect(openSealedText(pair, sealTextTo(pair.publicKey, short))).toBe(short);
    expect(openSealedText(pair, sealTextTo(pair.publicKey, long))).toBe(long);
    expect(sealTextTo(pair.publicKey, short)).toHaveLength(sealTextTo(pair.publicKey, long).length);
  });

  it('is not opened from bytes that were sealed without padding', () => {
    const bare = sealTo(pair.publicKey, Buffer.from('no padding'));
    expect(() => openSealedText(pair, bare)).toThrow(expect.objectContaining({ code: 'cannot_open' }));
  });
});

describe('a mac', () => {
  const secret = Buffer.alloc(32, 1);

  it('differs when the same bytes are divided into other parts', () => {
    const divided = [mac(secret, 'p', 'ab', 'c'), mac(secret, 'p', 'a', 'bc'), mac(secret, 'p', 'abc'), mac(secret, 'pa', 'bc')];
    expect(new Set(divided.map((each) => each.toString('hex'))).size).toBe(4);
  });

  it('refuses a secret that has not 32 bytes', () => {
    expect(() => mac(Buffer.alloc(16), 'p')).toThrow(TypeError);
  });
});

describe('a wiped secret', () => {
  it('opens nothing, and says that it is the key and not the box', () => {
    const [pair, other] = [generateKeyPair(), generateKeyPair()];
    const sealed = sealTo(pair.publicKey, Buffer.from('a case key'));
    wipe(pair.secretKey);
    for (const open of [() => openSealed(pair, sealed), () => openSealedWithOneOf([other, pair], sealed)]) {
      expect(open).toThrow(KeyForgotten);
      expect(open).not.toThrow(VaultError);
    }
  });

  it('is zeros', () => {
    const [one, other] = [Buffer.from('secret'), Buffer.from('other')];
    wipe(one, other);
    expect([...one, ...other].every((byte) => byte === 0)).toBe(true);
  });
});
