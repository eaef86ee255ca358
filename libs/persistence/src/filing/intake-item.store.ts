import type { EntityManager } from 'typeorm';

import { historyArguments, historyPage, LAST_ID, type HistoryPage, type HistoryWish } from '../database/history-page';
import { insertRow } from '../database/insert';
import { columnsOf } from '../database/rows';
import { toSafeInteger } from '../database/safe-integer';
import { IntakeItem } from './intake-item.entity';

/** Stores what arrived. As intake: in a new case, or in the one whose receipt was shown. */
export async function insertIntakeItem(tx: EntityManager, item: IntakeItem): Promise<void> {
  await insertRow(tx, IntakeItem, item);
}

/** The complaint of a case, or one page of what was added to it. Not for intake: see `listShownIntakeItems`. */
export async function listIntakeItems(
  tx: EntityManager,
  caseId: string,
  kind: IntakeItem['kind'],
  wish: HistoryWish,
): Promise<HistoryPage<IntakeItem>> {
  const found = await tx.query<(IntakeItem & { cursorAt: string })[]>(
    `SELECT ${columnsOf(tx, IntakeItem, 'i')}, i.received_at::text AS "cursorAt" FROM intake_item i
     WHERE i.case_id = $1 AND i.kind = $2 AND (i.received_at, i.id) < (coalesce($3::timestamptz, 'infinity'), coalesce($4::uuid, '${LAST_ID}'))
     ORDER BY i.received_at DESC, i.id DESC LIMIT $5`,
    [caseId, kind, ...historyArguments(wish)],
  );
  return historyPage(found, wish);
}

/** How many additions of a case arrived at this instant or later. */
export async function countAdditionsSince(tx: EntityManager, caseId: string, since: Date): Promise<number> {
  const [row] = await tx.query<{ count: string }[]>(
    `SELECT count(*) FROM intake_item WHERE case_id = $1 AND kind = 'addition' AND received_at >= $2`,
    [caseId, since],
  );
  return toSafeInteger(row?.count ?? '0');
}
