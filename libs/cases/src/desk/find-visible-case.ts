import { parseReference, visibleCases } from '@recourse/domain';
import { findCaseByReference, listVisibleTracksOfCase, type CaseFile, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import type { StaffIdentity } from '../staff/signed-in-staff';

/** A case the actor may see, with those of its tracks that they may see: at least one. */
export interface VisibleCase {
  readonly file: CaseFile;
  readonly tracks: readonly [Track, ...Track[]];
}

/**
 * The case with this reference, or undefined when there is none *or* it is not the actor's: nobody learns which. Every use case that
 * opens or changes a case finds it here.
 */
export async function findVisibleCase(tx: EntityManager, actor: StaffIdentity, reference: string): Promise<VisibleCase | undefined> {
  const parsed = parseReference(reference);
  const file = parsed.ok ? await findCaseByReference(tx, parsed.reference) : undefined;
  if (file === undefined) {
    return undefined;
  }
  const [first, ...others] = await listVisibleTracksOfCase(tx, file.id, visibleCases(actor));
  return first === undefined ? undefined : { file, tracks: [first, ...others] };
}
