import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { findMessageForNotice, inTransaction, listActiveContactRoutes } from '@recourse/persistence';

import { planNotification } from './plan-notification';

/** What {@link NudgeComplainant} needs. */
export interface NudgeComplainantInput {
  readonly caseId: string;
  /** The message there is to read, when it is one: read already, nobody is nudged. */
  readonly messageId?: string;
  /** What there is to see; the same cause never nudges the same route twice. */
  readonly cause: string;
  readonly now: Date;
}

/**
 * Plans a nudge on each route that the complainant of a case chose: it says that there is something to read, and nothing else. Nobody who chose no
 * route is ever contacted.
 */
@Injectable()
export class NudgeComplainant {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns how many routes are nudged */
  async run({ caseId, messageId, cause, now }: NudgeComplainantInput): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      const message = messageId === undefined ? undefined : await findMessageForNotice(tx, messageId);
      if (message !== undefined && message.firstReadAt !== null) {
        return 0;
      }
      const routes = await listActiveContactRoutes(tx, caseId);
      for (const route of routes) {
        const kind = route.neutral ? 'complainant_something_to_read_neutral' : 'complainant_something_to_read';
        await planNotification(tx, { kind, recipientKind: 'complainant', recipientId: route.id, caseId, cause, now });
      }
      return routes.length;
    });
  }
}
