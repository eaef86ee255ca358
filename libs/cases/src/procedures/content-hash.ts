import { createHash } from 'node:crypto';
import { canonicalJson, procedureNameOf, type CalendarDocument, type JsonValue } from '@recourse/domain';
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

/** A published procedure as its row has it. */
export type ProcedureRow = Pick<ProcedureVersion, 'procedure' | 'version' | 'document' | 'contentHash'>;

/** Whether a published procedure is still what was published, under the name under which it was. */
export function isProcedureAsPublished(row: ProcedureRow): boolean {
  return procedureHash(row.document).equals(row.contentHash) && otherProcedureIn(row) === undefined;
}

/** What a document calls itself, where that is not the name under which it is stored: the hash binds the one and not the other. */
export function otherProcedureIn({ procedure, version, document }: ProcedureRow): Pick<ProcedureRow, 'procedure' | 'version'> | undefined {
  // What does not say is not moved but unreadable, which whoever reads the whole finds.
  const name = procedureNameOf(document, `${procedure}.yaml`);
  return name?.procedure === procedure && name.version === version ? undefined : name;
}

/** Whether a published calendar, with its days, is still what was published, and its row one of this calendar. Nothing binds the number of its version. */
export function isCalendarAsPublished(row: Pick<CalendarVersion, 'calendar' | 'document' | 'resolved' | 'contentHash'>): boolean {
  try {
    return calendarHash(row.document, row.resolved).equals(row.contentHash) && otherCalendarIn(row) === undefined;
  } catch {
    return false; // the days are no longer what a calendar can hold
  }
}

/** The calendar that a row says it is of, where that is not the one under which it is stored. */
export function otherCalendarIn({ calendar, resolved }: Pick<CalendarVersion, 'calendar' | 'resolved'>): string | undefined {
  const code = (resolved as Partial<CalendarDocument>).calendar?.code;
  return typeof code === 'string' && code !== calendar ? code : undefined;
}
