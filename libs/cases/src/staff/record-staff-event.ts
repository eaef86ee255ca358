import type { CaseEventPayloads } from '@recourse/domain';
import { insertStaffEvent } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';

/** The payload of each event in the record of accounts and teams, and of what staff did outside of a case, by `staff_event.type`: ids and codes only. */
export interface StaffEventPayloads {
  /** Somebody changed their own password; their sessions ended. */
  readonly password_changed: Readonly<Record<string, never>>;
  /** Somebody was taken off a team, which has another key since; `putBack` tracks went from their hands to nobody's. */
  readonly left_team: { readonly teamId: string; readonly putBack: number };
  /** Somebody was put on a team, or back on it, by one of its members who handed its key on. */
  readonly joined_team: { readonly teamId: string; readonly teamRole: 'member' | 'lead' };
  /** Somebody had the machine try again what it had given up and belongs to no case: about nobody's account. `code` is the topic. */
  readonly work_tried_again: CaseEventPayloads['work_tried_again'];
}

/** What happened, to whom, and who did it. */
export type NewStaffEvent = {
  [T in keyof StaffEventPayloads]: { readonly type: T; readonly payload: StaffEventPayloads[T] };
}[keyof StaffEventPayloads] & {
  /** Whom it is about; null: nobody's account. */
  readonly staffId: string | null;
  readonly actorId: string;
  readonly now: Date;
};

/** Appends to the record of accounts and teams. Last in a transaction: the institution has one such chain, at which all its writers queue up. */
export async function recordStaffEvent(tx: EntityManager, { type, payload, staffId, actorId, now }: NewStaffEvent): Promise<void> {
  await insertStaffEvent(tx, { id: v7(), staffId, type, payload: { ...payload }, actorId, occurredAt: now });
}
