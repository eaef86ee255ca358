import { v5, validate, version } from 'uuid';

/**
 * Whether nobody can guess the key: a UUID made of random bits (RFC 9562, versions 4 and 7). The others are made of a name, of the time and a machine,
 * or of nothing but zeros, and who knows the key and the text of a complaint is given its receipt (docs/adr/0004).
 */
export function isUnguessableKey(key: string): boolean {
  return validate(key) && [4, 7].includes(version(key));
}

/**
 * The id of a row that a client asked for with its own key: always the same for the same key and case, so that a double click runs into the primary
 * key instead of storing twice. Undefined when the key is not a UUID.
 *
 * A version 5 UUID, the case's id being the name space (RFC 9562, 5.5). It shows nothing: the key is random and its owner's.
 */
export function rowIdFor(caseId: string, clientKey: string): string | undefined {
  return validate(clientKey) ? v5(clientKey.toLowerCase(), caseId) : undefined;
}
