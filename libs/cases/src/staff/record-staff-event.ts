import type { CaseEventPayloads } from '@recourse/domain';
import { insertStaffEvent } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { StaffRole } from './signed-in-staff';

/** The payload of each event in the record of accounts and teams, and of what staff did outside of a case, by `staff_event.type`: ids and codes only. */
export interface StaffEventPayloads {
  /** An account was made. */
  readonly account_made: { readonly role: StaffRole };
  /** A team was made, with whom it is about as its lead. */
  readonly team_made: { readonly teamId: string };
  /** The keys of the institution were made; about nobody's account. */
  readonly institution_set_up: Readonly<Record<string, never>>;
  /** The operator said that other secrets than before are meant; about nobody's account. Which ones, not what they are. */
  readonly secrets_replaced: { readonly secrets: readonly ('receipt_pepper' | 'receipt_secret' | 'worker_key')[] };
  /** Somebody changed their own password; their sessions ended. */
  readonly password_changed: Readonly<Record<string, never>>;
  /**
   * Somebody signed in, on a device where they had done so before or on a new one; `failedBefore` attempts had failed since they last gave the right password.
   */
  readonly signed_in: { readonly device: 'known' | 'new'; readonly failedBefore: number };
  /**
   * Attempts to sign in failed until somebody had to wait; `failures` since the last right password. Written once an hour at most, whoever tries, and never for
   * a name that there is no account for.
   */
  readonly sign_ins_failed: { readonly failures: number };
  /** The operator forgot what failed attempts had counted against an account, so that its owner need not wait; `failures` since the last right password. */
  readonly attempts_forgiven: { readonly failures: number };
  /** The operator unlocked somebody's key with their password, for a command. */
  readonly key_unlocked: Readonly<Record<string, never>>;
  /** Somebody was taken off a team, which has another key since; `putBack` tracks went from their hands to nobody's. */
  readonly left_team: { readonly teamId: string; readonly putBack: number };
  /** Somebody was put on a team, or back on it, by one of its members who handed its key on, or by the operator with that member's key. */
  readonly joined_team: { readonly teamId: string; readonly teamRole: 'member' | 'lead' };
  /** A key of a team did not open for whom it is about, who is on it: it was set aside. */
  readonly team_key_set_aside: { readonly teamId: string };
  /** Somebody had the machine try again what it had given up and belongs to no case: about nobody's account. `code` is the topic. */
  readonly work_tried_again: CaseEventPayloads['work_tried_again'];
}

/**
 * In whose name it happened: somebody on the staff, the operator by a command (with whose key, where one was needed), or the software that noticed something.
 */
export type StaffEventActor =
  { readonly kind: 'staff'; readonly id: string } | { readonly kind: 'operator'; readonly id?: string } | { readonly kind: 'system' };

/** What happened, to whom, and who did it. */
export type NewStaffEvent = {
  [T in keyof StaffEventPayloads]: { readonly type: T; readonly payload: StaffEventPayloads[T] };
}[keyof StaffEventPayloads] & {
  /** Whom it is about; null: nobody's account. */
  readonly staffId: string | null;
  readonly actor: StaffEventActor;
  readonly now: Date;
};

/** Somebody on the staff as who did it. */
export function byStaff({ staffId }: { readonly staffId: string }): StaffEventActor {
  return { kind: 'staff', id: staffId };
}

/** Appends to the record of accounts and teams. Last in a transaction: the institution has one such chain, at which all its writers queue up. */
export async function recordStaffEvent(tx: EntityManager, { type, payload, staffId, actor, now }: NewStaffEvent): Promise<void> {
  const by = { actorKind: actor.kind, actorId: 'id' in actor ? (actor.id ?? null) : null };
  await insertStaffEvent(tx, { id: v7(), staffId, type, payload: { ...payload }, ...by, occurredAt: now });
}
