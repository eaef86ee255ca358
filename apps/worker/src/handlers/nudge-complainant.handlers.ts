import { Injectable } from '@nestjs/common';

import { NudgeComplainant } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import type { Handled, OutboxOccasion, TopicHandler, TopicPayloads } from '@recourse/messaging';

/** Staff wrote to the complainant: they are nudged, if they chose a route and have not read it yet. */
@Injectable()
export class MessageSentHandler implements TopicHandler<'message_sent'> {
  readonly topic = 'message_sent';

  constructor(
    private readonly nudgeComplainant: NudgeComplainant,
    private readonly clock: Clock,
  ) {}

  async handle({ caseId, messageId }: TopicPayloads['message_sent'], { outboxId }: OutboxOccasion): Promise<Handled> {
    await this.nudgeComplainant.run({ caseId, messageId, cause: outboxId, now: this.clock.now() });
    return { kind: 'done' };
  }
}

/** An action was taken that the complainant should come and see: they are nudged, if they chose a route. */
@Injectable()
export class ComplainantToBeToldHandler implements TopicHandler<'complainant_to_be_told'> {
  readonly topic = 'complainant_to_be_told';

  constructor(
    private readonly nudgeComplainant: NudgeComplainant,
    private readonly clock: Clock,
  ) {}

  async handle({ caseId }: TopicPayloads['complainant_to_be_told'], { outboxId }: OutboxOccasion): Promise<Handled> {
    await this.nudgeComplainant.run({ caseId, cause: outboxId, now: this.clock.now() });
    return { kind: 'done' };
  }
}
