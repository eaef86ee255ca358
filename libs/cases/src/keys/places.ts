import type { Place } from '@recourse/vault';

/*
 * Where each sealed value lives. The place is bound into the ciphertext, so writer and reader must name the same one: both take it from here.
 */

/** `intake_item.sealed_answers`: JSON of `IntakeAnswers`. */
export const answersPlace = (caseId: string, itemId: string): Place => place('intake_item', 'sealed_answers', caseId, itemId);
/** `party.sealed_name`. */
export const partyNamePlace = (caseId: string, partyId: string): Place => place('party', 'sealed_name', caseId, partyId);
/** `message.sealed_body`. */
export const messageBodyPlace = (caseId: string, messageId: string): Place => place('message', 'sealed_body', caseId, messageId);
/** `case_event.sealed_payload`: JSON of `SealedPayload`. */
export const eventPayloadPlace = (caseId: string, eventId: string): Place => place('case_event', 'sealed_payload', caseId, eventId);
/** `evidence_file.sealed_name`: JSON of `FileLabel`. */
export const fileNamePlace = (caseId: string, fileId: string): Place => place('evidence_file', 'sealed_name', caseId, fileId);
/** `evidence_file.sealed_plain_sha256`: the hash of the original, in hex. */
export const fileHashPlace = (caseId: string, fileId: string): Place => place('evidence_file', 'sealed_plain_sha256', caseId, fileId);
/** `approval_request.sealed_content`: JSON of what was given with the action. */
export const approvalContentPlace = (caseId: string, approvalId: string): Place =>
  place('approval_request', 'sealed_content', caseId, approvalId);

function place(table: string, column: string, caseId: string, rowId: string): Place {
  return { table, column, caseId, rowId };
}
