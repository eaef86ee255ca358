import type { Action } from '@recourse/domain';
import type { EntityManager } from 'typeorm';
import type { RuleBook } from '../procedures/rule-book';
import type { PublishedProcedure } from './open-track';

/**
 * The newest published version of the procedure that an action opens a track under; undefined when it opens none.
 * @throws Error when it was never published: publishing refuses a procedure that names another one which is not there
 */
export async function findSubTrack(tx: EntityManager, rules: RuleBook, { code, opens }: Action): Promise<PublishedProcedure | undefined> {
  if (opens === undefined) {
    return undefined;
  }
  const latest = await rules.latestProcedure(tx, opens);
  if (latest === undefined) {
    throw new Error(`the action ${code} opens a procedure that was never published`);
  }
  return latest;
}
