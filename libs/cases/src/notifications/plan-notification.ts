import type { NotificationKind } from '@recourse/notify';
import { insertNotifications } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { putAllInOutbox } from '../outbox/put-in-outbox';

/** One notification to be planned within a transaction. */
export interface PlannedNotification {
  readonly kind: NotificationKind;
  readonly recipientKind: 'staff' | 'complainant';
  /** `staff_member.id` or `contact_route.id`. */
  readonly recipientId: string;
  /** Null for what is about no case. */
  readonly caseId: string | null;
  /** What it tells of. The same cause never tells the same person twice. */
  readonly cause: string;
  /** Events it tells of, oldest first. */
  readonly eventIds?: readonly string[];
  readonly now: Date;
}

/**
 * Plans one notification: its row, and the outbox row that sends it. Both or none.
 * @param tx the transaction in which the reason for it happens
 * @returns false when this person was told of this cause already
 */
export async function planNotification(tx: EntityManager, planned: PlannedNotification): Promise<boolean> {
  return (await planNotifications(tx, [planned], planned.now)) === 1;
}

/**
 * Plans notifications, in two statements for all of them.
 * @param now when their outbox rows are written
 * @returns how many are new; who was told of the same cause already is left out
 */
export async function planNotifications(tx: EntityManager, planned: readonly PlannedNotification[], now: Date): Promise<number> {
  if (planned.length === 0) {
    return 0;
  }
  const rows = planned.map((one) => ({ id: v7(), ...one }));
  const isNew = new Set(
    await insertNotifications(
      tx,
      rows.map(({ id, kind, recipientKind, recipientId, caseId, cause, now: createdAt }) => ({
        id,
        kind,
        recipientKind,
        recipientId,
        caseId,
        channel: 'email',
        createdAt,
        dedupeKey: `${cause}:${recipientId}`,
      })),
    ),
  );
  const fresh = rows.filter(({ id }) => isNew.has(id));
  const entries = fresh.map(({ id, eventIds = [] }) => ({
    entry: { topic: 'notification_due', payload: { notificationId: id, eventIds } } as const,
  }));
  await putAllInOutbox(tx, entries, now);
  return fresh.length;
}
