import { createHash } from 'node:crypto';
import { canonicalJson, type CalendarDocument, type JsonValue } from '@recourse/domain';
import type { CalendarVersion, ProcedureVersion } from '@recourse/persistence';

/** SHA-256 of the document of a procedure, as it is published. */
export function procedureHash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/**
 * SHA-256 of the document of a calendar and of the days it stands for: other data about holidays are another version. Which edition they are of is not part of it,
 * so that publishing again after an update changes nothing unless a day is different.
 */
export function calendarHash(text: string, { calendar, days }: CalendarDocument): Buffer {
  const resolved = canonicalJson({ calendar, days } as unknown as JsonValue);
  return createHash('sha256').update(text, 'utf8').update('\0').update(resolved, 'utf8').digest();
}

/** Whether a published procedure is still what was published. */
export function isProcedureAsPublished({ document, contentHash }: Pick<ProcedureVersion, 'document' | 'contentHash'>): boolean {
  return procedureHash(document).equals(contentHash);
}

/** Whether a published calendar, with its days, is still what was published. */
export function isCalendarAsPublished({ document, resolved, contentHash }: CalendarVersion): boolean {
  try {
    return calendarHash(document, resolved).equals(contentHash);
  } catch {
    return false; // the days are no longer what a calendar can hold
  }
}
