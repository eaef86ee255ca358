import { Injectable } from '@nestjs/common';

import type { Handled, TopicHandler } from '@recourse/messaging';

import { CalendarUpkeep } from '../calendars/calendar-upkeep';

/** A calendar was published: open clocks that are behind are recomputed. */
@Injectable()
export class CalendarPublishedHandler implements TopicHandler<'calendar_published'> {
  readonly topic = 'calendar_published';

  constructor(private readonly upkeep: CalendarUpkeep) {}

  async handle(): Promise<Handled> {
    await this.upkeep.recompute();
    return { kind: 'done' };
  }
}
