import { Injectable } from '@nestjs/common';

import type { Handled, TopicHandler, TopicPayloads } from '@recourse/messaging';

import { ClockPlanner } from '../clocks/clock-planner';

/** A clock got a new moment: it is planned in the queue, if that moment is near. */
@Injectable()
export class DeadlineChangedHandler implements TopicHandler<'deadline_changed'> {
  readonly topic = 'deadline_changed';

  constructor(private readonly planner: ClockPlanner) {}

  async handle({ deadlineId }: TopicPayloads['deadline_changed']): Promise<Handled> {
    await this.planner.plan(deadlineId);
    return { kind: 'done' };
  }
}
