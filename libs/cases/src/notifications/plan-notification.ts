import type { NotificationKind } from '@recourse/notify';
import { insertNotification } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { putInOutbox } from '../outbox/put-in-outbox';

/** One notification to be planned within a transaction. */
export interface PlannedNotification {
  readonly kind: NotificationKind;
  readonly recipientKind: 'staff' | 'complainant';
  /** `staff_member.id` or `contact_route.id`. */
  readonly recipientId: string;
  readonly caseId: string;
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
  const id = v7();
  const isNew = await insertNotification(tx, {
    id,
    kind: planned.kind,
    recipientKind: planned.recipientKind,
    recipientId: planned.recipientId,
    caseId: planned.caseId,
    channel: 'email',
    createdAt: planned.now,
    dedupeKey: `${planned.cause}:${planned.recipientId}`,
  });
  if (isNew) {
    const payload = { notificationId: id, eventIds: planned.eventIds ?? [] };
    await putInOutbox(tx, { topic: 'notification_due', payload }, planned.now);
  }
  return isNew;
}
