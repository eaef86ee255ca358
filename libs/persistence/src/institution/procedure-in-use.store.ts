import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { ProcedureInUse } from './procedure-in-use.entity';

/** Writes a decision. Owner only. */
export async function insertProcedureInUse(tx: EntityManager, decision: ProcedureInUse): Promise<void> {
  await insertRow(tx, ProcedureInUse, decision);
}

/** The decisions that count now: one for each kind that has one, null being the kind of all others. */
export async function listProceduresInUse(tx: EntityManager): Promise<readonly Pick<ProcedureInUse, 'kind' | 'procedure'>[]> {
  return tx.query<Pick<ProcedureInUse, 'kind' | 'procedure'>[]>(
    'SELECT DISTINCT ON (kind) kind, procedure FROM procedure_in_use ORDER BY kind, decided_at DESC, id DESC',
  );
}
