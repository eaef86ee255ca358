import { decideApproval, findAction, findOutcome, type Procedure, type Wording } from '@recourse/domain';
import {
  listCompanies,
  listStaffNames,
  listWaitingApprovals,
  findApprovalRequest,
  type ApprovalRequest,
  type Track,
} from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { collectFacts } from '../actions/collect-facts';
import { openRequest } from '../approvals/request-approval';
import type { CaseKeys } from '../keys/case-keys';
import type { StaffIdentity } from '../staff/signed-in-staff';
import type { ApprovalView } from './case-view';

/** A track, whose requests are opened for somebody. */
export interface ApprovalsToView {
  readonly track: Track;
  readonly procedure: Procedure;
  readonly keys: CaseKeys;
  readonly actor: StaffIdentity;
  readonly now: Date;
}

/** What waits for a second person on a track, opened, so that they can judge it. Oldest first. */
export async function approvalViews(tx: EntityManager, input: ApprovalsToView): Promise<readonly ApprovalView[]> {
  const waiting = await listWaitingApprovals(tx, input.track.id);
  const views: ApprovalView[] = [];
  for (const { id } of waiting) {
    const request = await findApprovalRequest(tx, id);
    if (request !== undefined) {
      views.push(await approvalView(tx, input, request));
    }
  }
  return views;
}

async function approvalView(
  tx: EntityManager,
  { track, procedure, keys, actor, now }: ApprovalsToView,
  request: ApprovalRequest,
): Promise<ApprovalView> {
  const given = openRequest(keys, request);
  const state = { stage: track.stage, revision: track.revision, closed: track.closedAt !== null };
  const who = { role: actor.role, staffId: actor.staffId, onTeam: actor.teams.some(({ id }) => id === track.teamId) };
  const decision = decideApproval(procedure, state, await collectFacts(tx, track, now), who, request);
  const [person] = await listStaffNames(tx, [request.requestedBy]);
  const outcome = given.outcome === undefined ? undefined : findOutcome(procedure, given.outcome);
  return {
    id: request.id,
    action: request.action,
    actionName: findAction(procedure, request.action)?.name ?? {},
    requestedBy: { id: request.requestedBy, displayName: person?.displayName ?? '' },
    requestedAt: request.requestedAt,
    answerDueAt: request.answerDueAt,
    isLate: request.answerDueAt <= now,
    ...(given.reason === undefined ? {} : { reason: given.reason }),
    ...(given.message === undefined ? {} : { message: given.message }),
    ...(outcome === undefined ? {} : { outcomeName: outcome.staffName }),
    inputs: await inputsOf(tx, procedure, request.action, { ...given.open, ...given.sealed }),
    mayAnswer: decision.ok,
    mayTakeBack: request.requestedBy === actor.staffId,
  };
}

/** What was given, as it was asked: choices in their words, companies and people by name. */
async function inputsOf(
  tx: EntityManager,
  procedure: Procedure,
  action: string,
  given: Readonly<Record<string, string>>,
): Promise<ApprovalView['inputs']> {
  const inputs = findAction(procedure, action)?.inputs ?? [];
  const companies = inputs.some(({ type }) => type === 'company') ? await listCompanies(tx) : [];
  const rows: { label: Wording; text: string | Wording }[] = [];
  for (const input of inputs) {
    const value = given[input.name];
    if (value === undefined) continue;
    const [person] = input.type === 'staff' ? await listStaffNames(tx, [value]) : [];
    const company = companies.find(({ id }) => id === value);
    const choice = input.choices.find(({ code }) => code === value);
    rows.push({ label: input.label, text: person?.displayName ?? company?.name ?? choice?.name ?? value });
  }
  return rows;
}
