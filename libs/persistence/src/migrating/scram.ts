import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** Rounds PostgreSQL itself uses by default (`scram_iterations`). */
const ROUNDS = 4096;

/**
 * The SCRAM-SHA-256 verifier of a password, as `pg_authid.rolpassword` holds it (RFC 5802, RFC 7677). Made here, so that a password never travels
 * inside a statement, which a server may log.
 * @param password printable ASCII; other characters would need SASLprep and are refused
 */
export function scramVerifier(password: string): string {
  if (!/^[\x21-\x7e]+$/.test(password)) {
    throw new Error('the password of a database role must be printable ASCII without spaces');
  }
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ROUNDS, 32, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}
