import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

import { scramVerifier } from './scram';

describe('scramVerifier', () => {
  it('is what RFC 5802 computes for this password and salt', () => {
    const verifier = scramVerifier('correct-horse');
    const [, rounds, salt, stored, server] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/.exec(verifier) ?? [];
    const salted = pbkdf2Sync('correct-horse', Buffer.from(String(salt), 'base64'), Number(rounds), 32, 'sha256');
    const clientKey = createHmac('sha256', salted).update('Client Key').digest();
    expect(stored).toBe(createHash('sha256').update(clientKey).digest('base64'));
    expect(server).toBe(createHmac('sha256', salted).update('Server Key').digest('base64'));
    expect(verifier).not.toContain('correct-horse');
  });

  it('never uses a salt twice', () => {
    expect(scramVerifier('a')).not.toBe(scramVerifier('a'));
  });

  it.each(['', 'with space', 'ünïcode', "quo'te\n"])('refuses %j, which other programs would prepare differently', (password) => {
    expect(() => scramVerifier(password)).toThrow('printable ASCII');
  });
});
