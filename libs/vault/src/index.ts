/**
 * Sealing and opening: the only place that touches libsodium. Formats are written down, with values to check them, in
 * libs/vault/vectors/README.md.
 */
export { CaseKey, caseKeyFrom, newCaseKey } from './case-key';
export { openField, openJson, sealField, sealJson } from './field-envelope';
export { createFileOpener, createFileSealer, sealedFileSize } from './file-seal';
export {
  generateKeyPair,
  keyPairFrom,
  openSealed,
  openSealedText,
  openSealedWithOneOf,
  sealTextTo,
  sealTo,
  type KeyPair,
} from './key-pair';
export { mac } from './mac';
export {
  STANDARD_PASSWORD_COST,
  unwrapNothing,
  unwrapSecretKey,
  wrapSecretKey,
  type PasswordCost,
  type PasswordKdf,
  type WrappedSecretKey,
} from './password';
export type { Place } from './place';
export { formatReceipt, newReceiptFrom, normaliseReceipt, type NormalisedReceipt, type Receipt } from './receipt';
export { complainantKeyPair, deriveReceipt, receiptLookup, type ReceiptOrigin } from './receipt-keys';
export { openToken, sealToken, type OpenedToken } from './sealed-token';
export { KEY_BYTES, randomBytes } from './sodium';
export { sameBytes, wipe } from './secret-bytes';
export { newSessionKey, openForSession, sealForSession, sessionLookup, type SessionKey } from './session';
export { KeyForgotten, VaultError, type VaultErrorCode } from './vault-error';
