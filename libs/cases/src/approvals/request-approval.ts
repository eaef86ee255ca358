import { addDuration, calendarOf, type Approval, type Calendars, type Procedure } from '@recourse/domain';
import { insertApprovalRequest, type Track } from '@recourse/persistence';
import { openJson, sealJson, type CaseKey } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { GivenWithAction } from '../actions/take-action';
import type { CaseKeys } from '../keys/case-keys';
import { approvalContentPlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord } from '../record/append-to-record';

/** An action that was allowed but for the second person. */
export interface ApprovalToRequest {
  /** Locked. */
  readonly track: Track;
  readonly procedure: Procedure;
  readonly calendars: Calendars;
  readonly action: string;
  readonly approval: Approval;
  readonly requestedBy: string;
  readonly given: GivenWithAction;
  readonly key: CaseKey;
  readonly now: Date;
}

/** Keeps what was given, sealed, until a second person answers, and asks for those to be told who may. @returns ids of event and request */
export async function requestApproval(
  tx: EntityManager,
  request: ApprovalToRequest,
): Promise<{ readonly eventId: string; readonly approvalId: string }> {
  const { track, action, requestedBy, now } = request;
  const { caseId, id: trackId, stage } = track;
  const approvalId = v7();
  const calendar = calendarOf(request.calendars, request.procedure.calendar);
  await insertApprovalRequest(tx, {
    id: approvalId,
    caseId,
    trackId,
    action,
    stage,
    requestedBy,
    requestedAt: now,
    answerDueAt: addDuration(now, request.approval.within, calendar),
    calendarVersion: calendar.version ?? 0,
    sealedContent: sealJson(request.key, approvalContentPlace(caseId, approvalId), request.given),
    state: 'waiting',
    answeredBy: null,
    answeredAt: null,
  });
  const actor = { kind: 'staff', id: requestedBy } as const;
  const eventId = await appendToRecord(tx, {
    type: 'approval_requested',
    payload: { approvalId, action, stage },
    caseId,
    trackId,
    actor,
    now,
  });
  await putInOutbox(
    tx,
    { topic: 'approval_requested', payload: { caseId, trackId, action, requestedBy } },
    now,
    `approval_requested:${approvalId}`,
  );
  return { eventId, approvalId };
}

/** What was given with a request. */
export function openRequest(
  keys: CaseKeys,
  request: { readonly id: string; readonly caseId: string; readonly sealedContent: Buffer },
): GivenWithAction {
  return openJson(keys, approvalContentPlace(request.caseId, request.id), request.sealedContent) as GivenWithAction;
}
