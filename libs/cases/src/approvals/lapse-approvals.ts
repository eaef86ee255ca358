import { answerApprovalRequest, listWaitingApprovals, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { appendToRecord, SYSTEM } from '../record/append-to-record';

/**
 * Ends the requests of a track that stood in another stage than the one where it is now: what was asked for there cannot be done any more. Lock the
 * track first.
 * @param track without `stage`, every request: the rules are others
 * @returns how many
 */
export async function lapseApprovals(
  tx: EntityManager,
  { id: trackId, caseId, stage }: Pick<Track, 'id' | 'caseId'> & Partial<Pick<Track, 'stage'>>,
  now: Date,
): Promise<number> {
  let lapsed = 0;
  for (const request of await listWaitingApprovals(tx, trackId)) {
    if (request.stage !== stage && (await answerApprovalRequest(tx, request.id, { state: 'lapsed', answeredAt: now }))) {
      const payload = { approvalId: request.id, action: request.action };
      await appendToRecord(tx, { type: 'approval_lapsed', payload, caseId, trackId, actor: SYSTEM, now });
      lapsed += 1;
    }
  }
  return lapsed;
}
