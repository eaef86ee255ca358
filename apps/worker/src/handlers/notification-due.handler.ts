import { Injectable } from '@nestjs/common';

import { DeliverNotification } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { CannotSucceedError, TryAgainError, type Handled, type TopicHandler, type TopicPayloads } from '@recourse/messaging';

import { WorkerMetrics } from '../health/worker-metrics';
import { NotificationSender } from '../notifications/notification-sender';

/** A notification waits: it is written and handed to the mail server. */
@Injectable()
export class NotificationDueHandler implements TopicHandler<'notification_due'> {
  readonly topic = 'notification_due';

  constructor(
    private readonly deliverNotification: DeliverNotification,
    private readonly sender: NotificationSender,
    private readonly metrics: WorkerMetrics,
    private readonly clock: Clock,
  ) {}

  async handle({ notificationId, eventIds }: TopicPayloads['notification_due']): Promise<Handled> {
    const now = this.clock.now();
    const outcome = await this.deliverNotification.run({ notificationId, eventIds, now }, async (toSend, tx) => {
      const sent = await this.sender.send(tx, toSend, now);
      this.metrics.mails.inc({ kind: toSend.notification.kind, outcome: sent.kind });
      return sent;
    });
    switch (outcome.kind) {
      case 'accepted':
      case 'nothing':
        return { kind: 'done' };
      case 'later':
        return outcome;
      case 'being_sent':
        throw new TryAgainError('being_sent');
      case 'refused_for_now':
        throw new TryAgainError(outcome.code);
      case 'refused_for_good':
        throw new CannotSucceedError(outcome.code);
    }
  }

  async gaveUp({ notificationId }: TopicPayloads['notification_due'], code: string): Promise<void> {
    await this.deliverNotification.giveUp(notificationId, code, this.clock.now());
  }
}
