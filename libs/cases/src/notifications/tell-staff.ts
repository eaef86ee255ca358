import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { NotificationKind } from '@recourse/notify';
import { inTransaction } from '@recourse/persistence';

import { audienceOf, type Audience } from './audience';
import { isToldAnyway, tellsOfNews } from './news-pace';
import { planNotification } from './plan-notification';

/** What {@link TellStaff} needs. */
export interface TellStaffInput {
  /** Absent for what is about no case: then `to` is a person. */
  readonly caseId?: string;
  readonly kind: NotificationKind;
  readonly to: Audience;
  /** What they are told of; the same cause never tells the same person twice. */
  readonly cause: string;
  readonly now: Date;
}

/** Plans a notification to each member of staff whom something in a case concerns. Run as the worker, which may read who they are. */
@Injectable()
export class TellStaff {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns ids of the staff who are told, also of those who were told before or will be by a mail that waits; empty when there is nobody or no such case */
  async run(input: TellStaffInput): Promise<readonly string[]> {
    return inTransaction(this.dataSource, async (tx) => {
      const staffIds = await audienceOf(tx, input);
      for (const staffId of staffIds) {
        const { kind, caseId = null, cause, now } = input;
        if (caseId !== null && tellsOfNews(kind) && (await isToldAnyway(tx, caseId, staffId))) {
          continue;
        }
        await planNotification(tx, { kind, recipientKind: 'staff', recipientId: staffId, caseId, cause, now });
      }
      return staffIds;
    });
  }
}
