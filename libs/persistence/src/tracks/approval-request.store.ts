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

/** A request whose time was counted by an older version of its calendar. */
export type StaleRequest = Pick<ApprovalRequest, 'id' | 'requestedAt' | 'answerDueAt'>;

/**
 * Claims requests for one action under one version of a procedure that nobody has answered, and whose time was counted by an older version of their calendar.
 * They stay locked until the transaction ends; what somebody else holds is passed over.
 * @param version the one it should be counted by
 */
export async function claimStaleRequests(
  tx: EntityManager,
  { procedureVersionId, action }: { readonly procedureVersionId: string; readonly action: string },
  version: number,
  limit: number,
): Promise<readonly StaleRequest[]> {
  return tx.query<StaleRequest[]>(
    `SELECT a.id, a.requested_at AS "requestedAt", a.answer_due_at AS "answerDueAt"
     FROM approval_request a JOIN track t ON t.id = a.track_id
     WHERE a.state = 'waiting' AND a.action = $2 AND a.calendar_version < $3 AND t.procedure_version_id = $1
     ORDER BY a.id LIMIT $4 FOR NO KEY UPDATE OF a SKIP LOCKED`,
    [procedureVersionId, action, version, limit],
  );
}

/** A request that nobody has answered, with the reference of its case. */
export interface RequestOfCase extends StaleRequest {
  readonly reference: string;
}

/**
 * Requests for one action under one version of a procedure that nobody has answered, in the order of their ids. Takes no lock.
 * @param after id of the last one of the page before
 */
export async function listRequestsFor(
  tx: EntityManager,
  { procedureVersionId, action }: { readonly procedureVersionId: string; readonly action: string },
  limit: number,
  after?: string,
): Promise<readonly RequestOfCase[]> {
  return tx.query<RequestOfCase[]>(
    `SELECT a.id, f.reference, a.requested_at AS "requestedAt", a.answer_due_at AS "answerDueAt"
     FROM approval_request a JOIN track t ON t.id = a.track_id JOIN case_file f ON f.id = a.case_id
     WHERE a.state = 'waiting' AND a.action = $2 AND t.procedure_version_id = $1 AND ($4::uuid IS NULL OR a.id > $4)
     ORDER BY a.id LIMIT $3`,
    [procedureVersionId, action, limit, after ?? null],
  );
}

/** Stores until when requests are to be answered, counted by this version of their calendar. Claim them first. */
export async function storeAnswerDueAt(
  tx: EntityManager,
  counted: readonly { readonly id: string; readonly dueAt: Date }[],
  version: number,
): Promise<void> {
  await tx.query(
    `UPDATE approval_request a SET answer_due_at = n.due_at, calendar_version = $3
     FROM unnest($1::uuid[], $2::timestamptz[]) AS n (id, due_at) WHERE a.id = n.id`,
    [counted.map(({ id }) => id), counted.map(({ dueAt }) => dueAt), version],
  );
}
