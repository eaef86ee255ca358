import { Injectable } from '@nestjs/common';
import {
  cleanText,
  countCharacters,
  ACTION_TEXT_LIMITS,
  decideApproval,
  findAction,
  isInScope,
  visibleCases,
  type RefusalCode,
} from '@recourse/domain';
import {
  answerApprovalRequest,
  findApprovalRequest,
  inTransaction,
  listPartakers,
  lockTrack,
  type ApprovalRequest,
  type Track,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { validate } from 'uuid';
import { carryOutAction } from '../actions/carry-out-action';
import { collectFacts } from '../actions/collect-facts';
import { findVisibleCase } from '../desk/find-visible-case';
import { openKeysAsStaff, type CaseKeys } from '../keys/case-keys';
import { putInOutbox } from '../outbox/put-in-outbox';
import { refusalView, type RefusalView } from '../procedures/refusal-view';
import { RuleBook } from '../procedures/rule-book';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { openRequest } from './request-approval';

/** What {@link AnswerApproval} needs. */
export interface AnswerApprovalInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  /** Id of the request. */
  readonly approval: string;
  /** `take_back` is for whoever asked; `agree` and `decline` for the second person. */
  readonly answer: 'agree' | 'decline' | 'take_back';
  /** Why; needed to decline. Sealed. */
  readonly reason?: string;
  readonly now: Date;
}

/**
 * - `not_found`: no such case or request, or not the actor's.
 * - `answered`: somebody answered before, or it lapsed because the track moved.
 * - `reason_invalid`: declining without a reason, or with one that is too long.
 * - what {@link decideApproval} says: `same_person`, `role_not_allowed`, `guard_failed`, …
 */
export type AnswerApprovalResult =
  | { readonly ok: true; readonly stage: string; readonly revision: number }
  | {
      readonly ok: false;
      readonly code: 'not_found' | 'answered' | 'reason_invalid' | RefusalCode;
      readonly guard?: string;
      readonly fact?: NonNullable<RefusalView['fact']>;
    };

interface Asked {
  readonly request: ApprovalRequest;
  readonly track: Track;
  readonly keys: CaseKeys;
}

/**
 * The second person agrees or declines, or whoever asked takes it back. Agreeing takes the action in the same transaction, in the name of whoever asked:
 * everything is decided again, because what held then may not hold now.
 */
@Injectable()
export class AnswerApproval {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run(input: AnswerApprovalInput): Promise<AnswerApprovalResult> {
    const reason = input.reason === undefined ? '' : cleanText(input.reason).trim();
    if ((input.answer === 'decline' && reason === '') || countCharacters(reason) > ACTION_TEXT_LIMITS.reason) {
      return { ok: false, code: 'reason_invalid' };
    }
    return inTransaction(this.dataSource, async (tx): Promise<AnswerApprovalResult> => {
      const asked = await this.find(tx, input);
      if (asked === undefined) {
        return { ok: false, code: 'not_found' };
      }
      if (asked.request.state !== 'waiting') {
        return { ok: false, code: 'answered' };
      }
      return input.answer === 'agree' ? this.agree(tx, input, asked) : this.end(tx, input, asked, reason);
    });
  }

  private async find(tx: EntityManager, { actor, reference, approval }: AnswerApprovalInput): Promise<Asked | undefined> {
    const found = await findVisibleCase(tx, actor, reference);
    const seen = found && validate(approval) ? await findApprovalRequest(tx, approval) : undefined;
    if (found === undefined || seen?.caseId !== found.file.id) {
      return undefined;
    }
    const track = await lockTrack(tx, seen.trackId);
    // Asked again under the lock: somebody may have answered, or the track gone to another team.
    const request = await findApprovalRequest(tx, approval);
    const keys = await openKeysAsStaff(tx, actor, found.file.id);
    if (track === undefined || request === undefined || keys === undefined || !isInScope(visibleCases(actor), track)) {
      return undefined;
    }
    return { request, track, keys };
  }

  private async agree(
    tx: EntityManager,
    { actor, now }: AnswerApprovalInput,
    { request, track, keys }: Asked,
  ): Promise<AnswerApprovalResult> {
    const procedure = await this.rules.procedure(tx, track.procedureVersionId);
    const state = { stage: track.stage, revision: track.revision, closed: track.closedAt !== null };
    const who = { role: actor.role, staffId: actor.staffId, onTeam: actor.teams.some(({ id }) => id === track.teamId) };
    const decision = decideApproval(procedure, state, await collectFacts(tx, track, now), who, request);
    if (!decision.ok) {
      return { ok: false, ...refusalView(procedure, decision.refusal), code: decision.refusal.code };
    }
    const { caseId, trackId, requestedBy } = request;
    await answerApprovalRequest(tx, request.id, { state: 'given', answeredBy: actor.staffId, answeredAt: now });
    const payload = { approvalId: request.id, action: request.action, requestedBy };
    await appendToRecord(tx, { type: 'approval_given', payload, caseId, trackId, actor: { kind: 'staff', id: actor.staffId }, now });
    const given = openRequest(keys, request);
    const taking = { track, procedure, decision, given, staffId: requestedBy, keys, approvalId: request.id, now };
    const taken = await carryOutAction(tx, this.rules, taking);
    await this.tell(tx, request, now);
    return { ok: true, stage: taken.stage, revision: taken.revision };
  }

  private async end(
    tx: EntityManager,
    input: AnswerApprovalInput,
    { request, track, keys }: Asked,
    reason: string,
  ): Promise<AnswerApprovalResult> {
    const { actor, answer, now } = input;
    const isOwn = actor.staffId === request.requestedBy;
    if (answer === 'take_back' && !isOwn) {
      return { ok: false, code: 'not_found' };
    }
    if (answer === 'decline') {
      const refusal = await this.mayAnswer(tx, actor, track, request);
      if (refusal !== undefined) {
        return { ok: false, code: refusal };
      }
    }
    const { caseId, trackId, action, requestedBy } = request;
    await answerApprovalRequest(tx, request.id, {
      state: answer === 'decline' ? 'declined' : 'lapsed',
      answeredBy: actor.staffId,
      answeredAt: now,
    });
    const where = { caseId, trackId, actor: { kind: 'staff', id: actor.staffId }, now } as const;
    const reference = { approvalId: request.id, action };
    await (answer === 'decline'
      ? appendToRecord(tx, {
          type: 'approval_declined',
          payload: { ...reference, requestedBy },
          ...where,
          sealed: { key: keys[0], content: { reason } },
        })
      : appendToRecord(tx, { type: 'approval_lapsed', payload: reference, ...where }));
    if (!isOwn) {
      await this.tell(tx, request, now);
    }
    return { ok: true, stage: track.stage, revision: track.revision };
  }

  /** Why somebody may not decline: the same rules as for agreeing, but for what the track has become. */
  private async mayAnswer(
    tx: EntityManager,
    actor: SignedInStaff,
    track: Track,
    request: ApprovalRequest,
  ): Promise<RefusalCode | undefined> {
    const action = findAction(await this.rules.procedure(tx, track.procedureVersionId), request.action);
    if (!action?.approval?.roles.some((role) => role === actor.role)) {
      return 'role_not_allowed';
    }
    if (actor.staffId === request.requestedBy) {
      return 'same_person';
    }
    if (!action.guards.includes('took_no_part') || track.parentTrackId === null) {
      return undefined;
    }
    return (await listPartakers(tx, track.parentTrackId)).includes(actor.staffId) ? 'guard_failed' : undefined;
  }

  private async tell(tx: EntityManager, { id, caseId, requestedBy }: ApprovalRequest, now: Date): Promise<void> {
    await putInOutbox(tx, { topic: 'approval_answered', payload: { caseId, requestedBy } }, now, `approval_answered:${id}`);
  }
}
