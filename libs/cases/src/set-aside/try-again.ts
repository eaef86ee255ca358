import { Injectable } from '@nestjs/common';
import { mayLearnOfSetAside } from '@recourse/domain';
import {
  inTransaction,
  takeUpCaseKey,
  takeUpClock,
  takeUpTask,
  takeUpTeamKey,
  type SetAsideWork,
  type TakenUpAgain,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { appendToRecord } from '../record/append-to-record';
import { byStaff, recordStaffEvent } from '../staff/record-staff-event';
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

const TAKE_UP: Readonly<Record<SetAsideWork, (tx: EntityManager, id: string, now: Date) => Promise<TakenUpAgain | undefined>>> = {
  clock: takeUpClock,
  task: takeUpTask,
  case_key: takeUpCaseKey,
  team_key: takeUpTeamKey,
};
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Has it tried again what was given up, with all its attempts before it. What comes of it, the worker finds out, and of a case key whoever of its team has
 * keys sealed anew. Written into the record of the case, or that of accounts and teams where there is none: it may send a mail again or take the next step of a
 * ladder, and somebody answers for that.
 */
@Injectable()
export class TryAgain {
  constructor(private readonly dataSource: DataSource) {}

  async run({ actor, work, id, now }: TryAgainInput): Promise<TryAgainResult> {
    if (!mayLearnOfSetAside(actor) || !ID.test(id)) {
      return { ok: false, code: 'not_set_aside' };
    }
    return inTransaction(this.dataSource, async (tx): Promise<TryAgainResult> => {
      const taken = await TAKE_UP[work](tx, id, now);
      if (taken === undefined) {
        return { ok: false, code: 'not_set_aside' };
      }
      await record(tx, { actor, work, id, now }, taken);
      return { ok: true };
    });
  }
}

async function record(tx: EntityManager, { actor, work, id, now }: TryAgainInput, { code, caseId, trackId }: TakenUpAgain): Promise<void> {
  const payload = { work, workId: id, code };
  if (caseId === null) {
    await recordStaffEvent(tx, { type: 'work_tried_again', payload, staffId: null, actor: byStaff(actor), now });
    return;
  }
  const ofTrack = trackId === null ? {} : { trackId };
  await appendToRecord(tx, { type: 'work_tried_again', payload, caseId, ...ofTrack, actor: { kind: 'staff', id: actor.staffId }, now });
}
