import type { Place } from '@recourse/vault';

/** Which file it is: the case and the row of `evidence_file`, both UUIDs. */
export interface FileIdentity {
  readonly caseId: string;
  readonly fileId: string;
}

/** Where the content of a file belongs; the sealed bytes open nowhere else (the column exists in the store only). */
export function contentPlace({ caseId, fileId }: FileIdentity): Place {
  return { table: 'evidence_file', column: 'content', caseId, rowId: fileId };
}
