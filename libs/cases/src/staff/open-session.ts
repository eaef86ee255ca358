import { insertSession } from '@recourse/persistence';
import { newSessionKey, sealForSession } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { SessionRules } from './session-rules';

/** A session that was opened: `token` is for the cookie alone. */
export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Keeps somebody's unlocked key in a session that only the returned token opens. */
export async function openSession(
  tx: EntityManager,
  {
    staffId,
    secretKey,
    rules,
    now,
  }: { readonly staffId: string; readonly secretKey: Buffer; readonly rules: SessionRules; readonly now: Date },
): Promise<OpenedSession> {
  const { token, lookup } = newSessionKey();
  const expiresAt = new Date(now.getTime() + rules.hours * 3_600_000);
  await insertSession(tx, {
    lookup,
    staffId,
    sealedSecretKey: sealForSession(token, secretKey),
    createdAt: now,
    expiresAt,
    idleAt: rules.idleAt(now),
    wipedAt: null,
  });
  return { token, expiresAt };
}
