import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { updateRows } from '../database/rows';
import { ApprovalRequest } from './approval-request.entity';

/** A request without what was given with it: what the worker may read. */
export type WaitingApproval = Pick<ApprovalRequest, 'id' | 'caseId' | 'trackId' | 'action' | 'stage' | 'requestedBy' | 'answerDueAt'>;

/** Stores a request. Lock the track first: a second one for the same action breaks the unique index `approval_request_waiting_uq`. */
export async function insertApprovalRequest(tx: EntityManager, request: ApprovalRequest): Promise<void> {
  await insertRow(tx, ApprovalRequest, request);
}

/** The request with this id, or undefined. */
export async function findApprovalRequest(tx: EntityManager, id: string): Promise<ApprovalRequest | undefined> {
  return (await tx.findOneBy(ApprovalRequest, { id })) ?? undefined;
}

/** The requests of a track that nobody has answered, oldest first. */
export async function listWaitingApprovals(tx: EntityManager, trackId: string): Promise<readonly WaitingApproval[]> {
  return tx.find(ApprovalRequest, {
    select: { id: true, caseId: true, trackId: true, action: true, stage: true, requestedBy: true, answerDueAt: true },
    where: { trackId, state: 'waiting' },
    order: { requestedAt: 'ASC', id: 'ASC' },
  });
}

/**
 * Ends a request, if nobody has.
 * @returns false when it was answered already: nothing was changed
 */
export async function answerApprovalRequest(
  tx: EntityManager,
  id: string,
  answer: { readonly state: 'given' | 'declined' | 'lapsed'; readonly answeredBy?: string; readonly answeredAt: Date },
): Promise<boolean> {
  return (await updateRows(tx, ApprovalRequest, { id, state: 'waiting' }, answer)) === 1;
}
