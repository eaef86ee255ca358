import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { OpenEvidenceResult } from '@recourse/cases';
import { Refused } from '@recourse/web';

/**
 * Answers with a file of a case, for pages and programs alike. Always a download with a type that no browser runs: the file may be hostile. A file that was cut or
 * changed on disk breaks the connection in the middle, so that it never looks complete.
 * @throws Refused 404 when there is no such file, or it is not yours
 */
export async function sendEvidence(res: Response, opened: OpenEvidenceResult): Promise<void> {
  if (!opened.ok) {
    // Our own fault, and somebody has to look: not an answer that sounds as if the file had never been there.
    if (opened.code === 'lost') throw new Error('a file of a case is not in the evidence store');
    throw new Refused(404, opened.code);
  }
  res.setHeader('content-security-policy', "default-src 'none'; sandbox");
  res.attachment(opened.name);
  res.setHeader('content-type', 'application/octet-stream');
  res.setHeader('content-length', opened.sizeBytes);
  await pipeline(opened.content, res);
}
