/**
 * Why the vault would not open something.
 * - `cannot_open`: wrong key, moved to another place, or changed since it was sealed (no difference is visible).
 * - `unknown_key`: sealed under a key that was not among those given.
 * - `unknown_version`: the first byte names a format this program does not know.
 * - `truncated`: the end is missing.
 */
export type VaultErrorCode = 'cannot_open' | 'unknown_key' | 'unknown_version' | 'truncated';

const MEANING: Record<VaultErrorCode, string> = {
  cannot_open: 'The sealed content cannot be opened with this key at this place.',
  unknown_key: 'The sealed content names a key that was not given.',
  unknown_version: 'The sealed content has a format version that this program does not know.',
  truncated: 'The end of the sealed content is missing.',
};

/** Thrown when sealed content does not open. Carries a code and a fixed sentence; never any content, key or place. */
export class VaultError extends Error {
  constructor(readonly code: VaultErrorCode) {
    super(MEANING[code]);
    this.name = 'VaultError';
  }
}

/**
 * Thrown when a key pair is used that was overwritten before: a mistake of the program, never damage of what was to be opened. Not a VaultError, so that nobody
 * who sets aside what does not open takes it for that.
 */
export class KeyForgotten extends Error {
  constructor() {
    super('The key was forgotten before it was used.');
    this.name = 'KeyForgotten';
  }
}
