import { v5, validate } from 'uuid';

/**
 * The id of a row that a client asked for with its own key: always the same for the same key and case, so that a double click runs into the primary
 * key instead of storing twice. Undefined when the key is not a UUID.
 *
 * A version 5 UUID, the case's id being the name space (RFC 9562, 5.5). It shows nothing: the key is random and its owner's.
 */
export function rowIdFor(caseId: string, clientKey: string): string | undefined {
  return validate(clientKey) ? v5(clientKey.toLowerCase(), caseId) : undefined;
}
