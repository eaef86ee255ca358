import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Delivery, NotificationKind } from '@recourse/notify';
import {
  claimNotification,
  findAddressee,
  findCaseForNotice,
  findContactRoute,
  findEventForNotice,
  findNotification,
  findTrack,
  inTransaction,
  listTracksOfCase,
  markNotificationSent,
  noteNotificationFailure,
  suppressNotification,
  type ContactRoute,
  type EventForNotice,
  type Notification,
  type StaffAddressee,
  type Track,
} from '@recourse/persistence';
import { appendToRecord, SYSTEM } from '../record/append-to-record';
import { audienceOf } from './audience';
import { holdNews, isToldAnyway, NewsPace, tellsOfNews } from './news-pace';
import { planNotification } from './plan-notification';

/** A notification with everything that is needed to write and send it. */
export type NotificationToSend =
  | {
      readonly recipientKind: 'staff';
      readonly notification: Notification;
      readonly addressee: StaffAddressee;
      /** Absent for what is about no case. */
      readonly reference?: string;
      /** What it tells of, oldest first; empty for most kinds. */
      readonly events: readonly EventForNotice[];
      /** The track of the last of `events`. */
      readonly track?: Track;
    }
  | { readonly recipientKind: 'complainant'; readonly notification: Notification; readonly route: ContactRoute };

/** What the channel made of it: handed over, refused, or not to be sent before an instant. */
export type DeliveryOutcome = Delivery | { readonly kind: 'later'; readonly at: Date };

/** What {@link DeliverNotification} needs. */
export interface DeliverNotificationInput {
  readonly notificationId: string;
  readonly eventIds: readonly string[];
  readonly now: Date;
}

/**
 * Sends one notification, exactly once as far as the channel allows: its row was committed before, it stays locked while the channel works, and
 * it is marked in the same transaction. A crash between the channel's acceptance and the commit sends it again, under the same Message-ID.
 */
@Injectable()
export class DeliverNotification {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pace: NewsPace = new NewsPace(),
  ) {}

  /**
   * What only says that the complainant brought something is not sent again before the pace of news allows it, and not at all once somebody has read it.
   * @param input which one
   * @param deliver writes and sends it, reading what it needs in the same transaction; must not take longer than the database lets a transaction idle (60 s)
   * @returns the outcome; `nothing` when it was sent before or is not to be sent any more; `being_sent` when another worker is at it: ask again, because
   *   that worker may not live to see the end
   */
  async run(
    input: DeliverNotificationInput,
    deliver: (toSend: NotificationToSend, tx: EntityManager) => Promise<DeliveryOutcome>,
  ): Promise<DeliveryOutcome | { readonly kind: 'nothing' | 'being_sent' }> {
    return inTransaction(this.dataSource, async (tx) => {
      const notification = await claimNotification(tx, input.notificationId);
      if (notification === undefined) {
        const held = await findNotification(tx, input.notificationId);
        return { kind: held?.state === 'waiting' ? 'being_sent' : 'nothing' };
      }
      const held = tellsOfNews(notification.kind) ? await holdNews(tx, notification, this.pace, input.now) : undefined;
      if (held?.kind === 'later') {
        return held;
      }
      if (held !== undefined) {
        await suppressNotification(tx, notification.id, held.code);
        return { kind: 'nothing' };
      }
      const toSend = await readToSend(tx, notification, input.eventIds);
      if (typeof toSend === 'string') {
        if (toSend === 'holds_it_no_more') await passOnToDesk(tx, notification, input);
        await suppressNotification(tx, notification.id, toSend);
        return { kind: 'nothing' };
      }
      const outcome = await deliver(toSend, tx);
      await note(tx, notification, outcome, input.now);
      return outcome;
    });
  }

  /**
   * Notes that the machine will not try again, so that casework shows it to a person and the record says so.
   * @param code why, as a code
   */
  async giveUp(notificationId: string, code: string, now: Date): Promise<void> {
    await inTransaction(this.dataSource, async (tx) => {
      const notification = await findNotification(tx, notificationId);
      if (notification?.state === 'waiting') {
        await fail(tx, notification, code, now);
      }
    });
  }
}

/** Everything to send it with, or a code that says why there is nothing to send any more. */
async function readToSend(
  tx: EntityManager,
  notification: Notification,
  eventIds: readonly string[],
): Promise<NotificationToSend | string> {
  if (notification.recipientKind === 'complainant') {
    const route = await findContactRoute(tx, notification.recipientId);
    return route?.active === true ? { recipientKind: 'complainant', notification, route } : 'route_closed';
  }
  const addressee = await findAddressee(tx, notification.recipientId);
  if (addressee === undefined) {
    return 'account_closed';
  }
  if (notification.caseId === null) {
    return { recipientKind: 'staff', notification, addressee, events: [] };
  }
  const file = await findCaseForNotice(tx, notification.caseId);
  if (file === undefined) {
    return 'no_such_case';
  }
  // It may have waited for half an hour. Whoever has the case now was told of that, and sees the news in it.
  if (tellsOfNews(notification.kind) && !(await audienceOf(tx, { caseId: notification.caseId, to: 'holders' })).includes(addressee.id)) {
    return 'holds_it_no_more';
  }
  const events: EventForNotice[] = [];
  for (const id of eventIds) {
    const event = await findEventForNotice(tx, id);
    if (event !== undefined) {
      events.push(event);
    }
  }
  const trackId = events.at(-1)?.trackId;
  const track = typeof trackId === 'string' ? await findTrack(tx, trackId) : undefined;
  const toSend = { recipientKind: 'staff', notification, addressee, reference: file.reference, events } as const;
  return track === undefined ? toSend : { ...toSend, track };
}

/**
 * A case that was closed while the mail waited has no holder any more whom anybody told: what the complainant brought is the desk's now. Who is told anyway, or by
 * another mail of this kind, is not told twice.
 */
async function passOnToDesk(
  tx: EntityManager,
  { id, kind, caseId }: Notification,
  { eventIds, now }: DeliverNotificationInput,
): Promise<void> {
  if (caseId === null || (await listTracksOfCase(tx, caseId)).some((track) => track.closedAt === null)) {
    return;
  }
  for (const recipientId of await audienceOf(tx, { caseId, to: 'desk' })) {
    if (!(await isToldAnyway(tx, caseId, recipientId))) {
      await planNotification(tx, {
        kind: kind as NotificationKind,
        recipientKind: 'staff',
        recipientId,
        caseId,
        cause: `passed_on:${id}`,
        eventIds,
        now,
      });
    }
  }
}

async function note(tx: EntityManager, notification: Notification, outcome: DeliveryOutcome, now: Date): Promise<void> {
  switch (outcome.kind) {
    case 'accepted':
      return markNotificationSent(tx, notification.id, now);
    case 'refused_for_good':
      return fail(tx, notification, outcome.code, now);
    case 'refused_for_now':
      await noteNotificationFailure(tx, notification.id, outcome.code, false);
      return;
    case 'later':
      return;
  }
}

async function fail(tx: EntityManager, notification: Notification, code: string, now: Date): Promise<void> {
  await noteNotificationFailure(tx, notification.id, code, true);
  if (notification.caseId !== null) {
    await appendToRecord(tx, {
      type: 'notification_failed',
      payload: { notificationId: notification.id, errorCode: code },
      caseId: notification.caseId,
      actor: SYSTEM,
      now,
    });
  }
}
