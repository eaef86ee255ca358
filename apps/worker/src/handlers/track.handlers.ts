import { Injectable } from '@nestjs/common';

import { TakeTriggeredAction, TellOfTrack, TellStaff } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import type { Handled, OutboxOccasion, TopicHandler, TopicPayloads } from '@recourse/messaging';

const DONE: Handled = { kind: 'done' };

/** A clock ran out or a track that another one opened is over: the software does what the procedure has it do then, if anything. */
@Injectable()
export class TrackTriggeredHandler implements TopicHandler<'track_triggered'> {
  readonly topic = 'track_triggered';

  constructor(
    private readonly takeTriggeredAction: TakeTriggeredAction,
    private readonly clock: Clock,
  ) {}

  async handle(
    { caseId, trackId, trigger, clock, deadlineId, dueAt }: TopicPayloads['track_triggered'],
    { writtenAt, outboxId }: OutboxOccasion,
  ): Promise<Handled> {
    const which = {
      ...(clock === undefined ? {} : { clock }),
      ...(deadlineId === undefined || dueAt === undefined ? {} : { deadline: { id: deadlineId, dueAt: new Date(dueAt) } }),
    };
    const occasion = { happenedAt: writtenAt, cause: outboxId, now: this.clock.now() };
    await this.takeTriggeredAction.run({ caseId, trackId, trigger, ...which, ...occasion });
    return DONE;
  }
}

/** An action was taken of which the procedure tells staff. */
@Injectable()
export class ActionTakenHandler implements TopicHandler<'action_taken'> {
  readonly topic = 'action_taken';

  constructor(
    private readonly tellOfTrack: TellOfTrack,
    private readonly clock: Clock,
  ) {}

  async handle({ caseId, trackId, action, takenBy }: TopicPayloads['action_taken'], { outboxId }: OutboxOccasion): Promise<Handled> {
    await this.tellOfTrack.run({ about: 'action_taken', caseId, trackId, action, by: takenBy, cause: outboxId, now: this.clock.now() });
    return DONE;
  }
}

/** A second person was asked. */
@Injectable()
export class ApprovalRequestedHandler implements TopicHandler<'approval_requested'> {
  readonly topic = 'approval_requested';

  constructor(
    private readonly tellOfTrack: TellOfTrack,
    private readonly clock: Clock,
  ) {}

  async handle(
    { caseId, trackId, action, requestedBy }: TopicPayloads['approval_requested'],
    { outboxId }: OutboxOccasion,
  ): Promise<Handled> {
    await this.tellOfTrack.run({
      about: 'approval_requested',
      caseId,
      trackId,
      action,
      by: requestedBy,
      cause: outboxId,
      now: this.clock.now(),
    });
    return DONE;
  }
}

/** The second person answered: whoever asked is told. */
@Injectable()
export class ApprovalAnsweredHandler implements TopicHandler<'approval_answered'> {
  readonly topic = 'approval_answered';

  constructor(
    private readonly tellStaff: TellStaff,
    private readonly clock: Clock,
  ) {}

  async handle({ caseId, requestedBy }: TopicPayloads['approval_answered'], { outboxId }: OutboxOccasion): Promise<Handled> {
    const to = { staffId: requestedBy };
    await this.tellStaff.run({ caseId, kind: 'staff_approval_answered', to, cause: outboxId, now: this.clock.now() });
    return DONE;
  }
}
