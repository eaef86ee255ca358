import { Injectable } from '@nestjs/common';
import { COMPLAINT_KINDS, type ComplaintKind } from '@recourse/domain';
import { findLatestProcedureVersion, insertProcedureInUse, inTransaction, listProceduresInUse } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { procedureFor } from './procedure-for';

/** What {@link UseProcedure} needs. */
export interface UseProcedureInput {
  /** Code of a published procedure. */
  readonly procedure: string;
  /** Only for complaints of this kind; for every kind without a decision of its own, unless given. */
  readonly kind?: string;
  readonly now: Date;
}

/**
 * - `ok`: new complaints begin on its highest version, within ten seconds; `changed: false` when they did already.
 * - `unknown_procedure`: it was never published.
 * - `unknown_kind`: there is no such kind of complaint; `kinds` are those that there are.
 */
export type UseProcedureResult =
  | { readonly ok: true; readonly changed: boolean; readonly version: number }
  | { readonly ok: false; readonly code: 'unknown_procedure' }
  | { readonly ok: false; readonly code: 'unknown_kind'; readonly kinds: readonly ComplaintKind[] };

/** Decides on which procedure new complaints begin. Those that are open stay where they are. */
@Injectable()
export class UseProcedure {
  constructor(private readonly dataSource: DataSource) {}

  async run({ procedure, kind, now }: UseProcedureInput): Promise<UseProcedureResult> {
    if (kind !== undefined && !COMPLAINT_KINDS.some((known) => known === kind)) {
      return { ok: false, code: 'unknown_kind', kinds: COMPLAINT_KINDS };
    }
    return inTransaction(this.dataSource, async (tx): Promise<UseProcedureResult> => {
      const latest = await findLatestProcedureVersion(tx, procedure);
      if (latest === undefined) {
        return { ok: false, code: 'unknown_procedure' };
      }
      const decided = await listProceduresInUse(tx);
      const changed = kind === undefined ? procedureFor(decided) !== procedure : procedureFor(decided, kind) !== procedure;
      // Said for a kind, it is kept for the kind, also when all the others begin there now: they may go elsewhere tomorrow.
      if (changed || !decided.some((one) => one.kind === (kind ?? null))) {
        await insertProcedureInUse(tx, { id: v7(), kind: kind ?? null, procedure, decidedAt: now });
      }
      return { ok: true, changed, version: latest.version };
    });
  }
}
