import type { EntityManager } from 'typeorm';

import type { StaffMember } from './staff-member.entity';

/** What the record says of an account's sign-ins. Ids, codes and instants. */
export interface SignInNewsRow {
  readonly type: 'signed_in' | 'sign_ins_failed' | 'attempts_forgiven' | 'key_unlocked';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

/** An account as an administrator sees it. */
export interface AccountRow extends Pick<StaffMember, 'id' | 'displayName' | 'signInName' | 'role' | 'active'> {
  readonly lastSignedInAt: Date | null;
  /** Attempts since the last right password. */
  readonly failedSignIns: number;
  /** When the record last said that somebody tried. */
  readonly lastTriedAt: Date | null;
}

/** The latest sign-ins of an account and attempts at it, the newest first. Casework and owner. */
export async function listSignInNews(tx: EntityManager, staffId: string, limit: number): Promise<readonly SignInNewsRow[]> {
  return tx.query<SignInNewsRow[]>(
    `SELECT type, payload, occurred_at AS "occurredAt" FROM staff_event
     WHERE staff_id = $1 AND type IN ('signed_in', 'sign_ins_failed', 'attempts_forgiven', 'key_unlocked') ORDER BY seq DESC LIMIT $2`,
    [staffId, limit],
  );
}

/** Every account, closed ones last, by name. An institution has some dozens. Casework and owner. */
export async function listAccounts(tx: EntityManager): Promise<readonly AccountRow[]> {
  const last = (type: string): string =>
    `(SELECT e.occurred_at FROM staff_event e WHERE e.staff_id = s.id AND e.type = '${type}' ORDER BY e.seq DESC LIMIT 1)`;
  return tx.query<AccountRow[]>(
    `SELECT s.id, s.display_name AS "displayName", s.sign_in_name AS "signInName", s.role, s.active, s.failed_sign_ins AS "failedSignIns",
            ${last('signed_in')} AS "lastSignedInAt", ${last('sign_ins_failed')} AS "lastTriedAt"
     FROM staff_member s ORDER BY NOT s.active, s.display_name, s.id`,
  );
}
