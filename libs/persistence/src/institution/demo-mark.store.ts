import type { EntityManager } from 'typeorm';

import { DemoMark } from './demo-mark.entity';

/**
 * Marks a database as a demo workspace, for ever, unless it is marked already. One in which people work is left alone: the mark would keep it from production.
 * Owner only.
 * @returns whether it is marked now
 */
export async function markAsDemo(tx: EntityManager, { id, madeAt }: DemoMark): Promise<boolean> {
  await tx.query(
    `INSERT INTO demo_mark (id, made_at) SELECT $1::uuid, $2::timestamptz
     WHERE NOT EXISTS (SELECT FROM demo_mark) AND NOT EXISTS (SELECT FROM staff_member)`,
    [id, madeAt],
  );
  return isDemo(tx);
}

/** Whether this database was made as a demo workspace. Every role may ask. */
export async function isDemo(tx: EntityManager): Promise<boolean> {
  return tx.exists(DemoMark);
}
