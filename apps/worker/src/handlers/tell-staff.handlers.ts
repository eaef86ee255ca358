import { Injectable } from '@nestjs/common';

import { TakeTriggeredAction, TellStaff } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import type { Handled, OutboxOccasion, TopicHandler, TopicPayloads } from '@recourse/messaging';

const DONE: Handled = { kind: 'done' };

/** A complaint arrived: the desk is told. */
@Injectable()
export class ComplaintFiledHandler implements TopicHandler<'complaint_filed'> {
  readonly topic = 'complaint_filed';

  constructor(
    private readonly tellStaff: TellStaff,
    private readonly clock: Clock,
  ) {}

  async handle({ caseId }: TopicPayloads['complaint_filed'], { outboxId }: OutboxOccasion): Promise<Handled> {
    await this.tellStaff.run({ caseId, kind: 'staff_new_complaint', to: 'desk', cause: outboxId, now: this.clock.now() });
    return DONE;
  }
}

/** A track was given to somebody: that person is told. */
@Injectable()
export class TrackAssignedHandler implements TopicHandler<'track_assigned'> {
  readonly topic = 'track_assigned';

  constructor(
    private readonly tellStaff: TellStaff,
    private readonly clock: Clock,
  ) {}

  async handle({ caseId, staffId }: TopicPayloads['track_assigned'], { outboxId }: OutboxOccasion): Promise<Handled> {
    await this.tellStaff.run({ caseId, kind: 'staff_track_assigned', to: { staffId }, cause: outboxId, now: this.clock.now() });
    return DONE;
  }
}

/** Somebody was taken off a team while they had cases in hand: whoever leads the team is told, by one of them. */
@Injectable()
export class TracksPutBackHandler implements TopicHandler<'tracks_put_back'> {
  readonly topic = 'tracks_put_back';

  constructor(
    private readonly tellStaff: TellStaff,
    private readonly clock: Clock,
  ) {}

  async handle({ caseId, teamId }: TopicPayloads['tracks_put_back'], { outboxId }: OutboxOccasion): Promise<Handled> {
    await this.tellStaff.run({ caseId, kind: 'staff_tracks_put_back', to: { leadsOf: teamId }, cause: outboxId, now: this.clock.now() });
    return DONE;
  }
}

/** Somebody was put on a team: they are told. */
@Injectable()
export class PutOnTeamHandler implements TopicHandler<'put_on_team'> {
  readonly topic = 'put_on_team';

  constructor(
    private readonly tellStaff: TellStaff,
    private readonly clock: Clock,
  ) {}

  async handle({ staffId }: TopicPayloads['put_on_team'], { outboxId }: OutboxOccasion): Promise<Handled> {
    await this.tellStaff.run({ kind: 'staff_put_on_team', to: { staffId }, cause: outboxId, now: this.clock.now() });
    return DONE;
  }
}

/** What a complainant did after filing: a track that waited for them goes on, and whoever holds the case is told. */
@Injectable()
export class ComplainantActed {
  constructor(
    private readonly takeTriggeredAction: TakeTriggeredAction,
    private readonly tellStaff: TellStaff,
    private readonly clock: Clock,
  ) {}

  /** @param kind what the staff are told */
  async tell(
    caseId: string,
    kind: 'staff_complaint_added_to' | 'staff_message_received',
    { outboxId, writtenAt }: OutboxOccasion,
  ): Promise<Handled> {
    const now = this.clock.now();
    await this.takeTriggeredAction.run({ caseId, trigger: 'complainant_wrote', happenedAt: writtenAt, cause: outboxId, now });
    await this.tellStaff.run({ caseId, kind, to: 'holders', cause: outboxId, now });
    return DONE;
  }
}

/** A complaint was added to. */
@Injectable()
export class ComplaintAddedToHandler implements TopicHandler<'complaint_added_to'> {
  readonly topic = 'complaint_added_to';

  constructor(private readonly complainantActed: ComplainantActed) {}

  async handle({ caseId }: TopicPayloads['complaint_added_to'], occasion: OutboxOccasion): Promise<Handled> {
    return this.complainantActed.tell(caseId, 'staff_complaint_added_to', occasion);
  }
}

/** The complainant added a file. */
@Injectable()
export class EvidenceAddedHandler implements TopicHandler<'evidence_added'> {
  readonly topic = 'evidence_added';

  constructor(private readonly complainantActed: ComplainantActed) {}

  async handle({ caseId }: TopicPayloads['evidence_added'], occasion: OutboxOccasion): Promise<Handled> {
    return this.complainantActed.tell(caseId, 'staff_complaint_added_to', occasion);
  }
}

/** The complainant wrote. */
@Injectable()
export class MessageReceivedHandler implements TopicHandler<'message_received'> {
  readonly topic = 'message_received';

  constructor(private readonly complainantActed: ComplainantActed) {}

  async handle({ caseId }: TopicPayloads['message_received'], occasion: OutboxOccasion): Promise<Handled> {
    return this.complainantActed.tell(caseId, 'staff_message_received', occasion);
  }
}
