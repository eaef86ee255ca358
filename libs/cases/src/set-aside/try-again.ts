import { Injectable } from '@nestjs/common';
import { mayLearnOfSetAside } from '@recourse/domain';
import { inTransaction, takeUpClock, takeUpTask, type SetAsideWork } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { appendToRecord } from '../record/append-to-record';
import type { StaffIdentity } from '../staff/signed-in-staff';

/** What {@link TryAgain} needs. */
export interface TryAgainInput {
  readonly actor: StaffIdentity;
  readonly work: SetAsideWork;
  readonly id: string;
  readonly now: Date;
}

/** `not_set_aside`: somebody tried again before, the case has moved on, or there is no such work; nothing was changed. */
export type TryAgainResult = { readonly ok: true } | { readonly ok: false; readonly code: 'not_set_aside' };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Has the machine try again what it gave up, with all its attempts before it. What comes of it, the worker finds out. Written into the record of the case, where
 * there is one: it may send a mail again or take the next step of a ladder, and somebody answers for that.
 */
@Injectable()
export class TryAgain {
  constructor(private readonly dataSource: DataSource) {}

  async run({ actor, work, id, now }: TryAgainInput): Promise<TryAgainResult> {
    if (!mayLearnOfSetAside(actor) || !ID.test(id)) {
      return { ok: false, code: 'not_set_aside' };
    }
    return inTransaction(this.dataSource, async (tx): Promise<TryAgainResult> => {
      const taken = work === 'clock' ? await takeUpClock(tx, id, now) : await takeUpTask(tx, id);
      if (taken === undefined) {
        return { ok: false, code: 'not_set_aside' };
      }
      const { code, caseId, trackId } = taken;
      if (caseId !== null) {
        await appendToRecord(tx, {
          type: 'work_tried_again',
          payload: { work, workId: id, code },
          caseId,
          ...(trackId === null ? {} : { trackId }),
          actor: { kind: 'staff', id: actor.staffId },
          now,
        });
      }
      return { ok: true };
    });
  }
}
