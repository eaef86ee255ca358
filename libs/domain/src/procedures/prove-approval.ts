import type { Finding } from '../documents/document';
import type { Action } from './procedure';
import type { StaffRole } from './vocabulary';

/** Who holds which role on one team: ids of active members of staff. */
export interface TeamHolders {
  /** Code of the team. */
  readonly team: string;
  readonly holders: Readonly<Partial<Record<StaffRole, readonly string[]>>>;
}

/**
 * A second person is another person. Where one alone may ask and may agree, or nobody may agree, nobody ever will.
 * @param holders of each team that has cases or gets them; when absent, an institution is taken to have one director and several of everybody else
 */
export function proveApproval(action: Action, holders: readonly TeamHolders[] | undefined): readonly Finding[] {
  const { approval } = action;
  if (!approval) return [];
  if (approval.roles.every((role) => role === 'administrator')) {
    const hint = 'Administrators see no cases: name an officer, a supervisor or a director.';
    return [{ path: 'approval.roles', code: 'action_nobody_may_take', message: `Nobody may agree to “${action.code}”.`, hint }];
  }
  return holders ? holders.flatMap((team) => proveOnTeam(action, approval.roles, team)) : proveInGeneral(action, approval.roles);
}

function proveOnTeam(action: Action, approving: readonly StaffRole[], { team, holders }: TeamHolders): readonly Finding[] {
  const peopleOf = (roles: readonly StaffRole[]) => new Set(roles.flatMap((role) => holders[role] ?? []));
  const agreeing = peopleOf(approving);
  const asking = peopleOf(action.roles.filter((role) => role !== 'system'));
  const roles = approving.join(', ');
  if (agreeing.size === 0) {
    const message = `Nobody on the team “${team}” may agree to “${action.code}”.`;
    return [approverIsActor(message, `Add a person with one of these roles to the team: ${roles}; or let another role agree.`)];
  }
  const isLonely = agreeing.size === 1 && asking.size > 0 && [...asking].every((id) => agreeing.has(id));
  if (!isLonely) return [];
  const message = `On the team “${team}” one person alone may take “${action.code}” and agree to it.`;
  return [
    approverIsActor(message, `Add a second person with one of these roles to the team: ${roles}; or let another role take it or agree.`),
  ];
}

function proveInGeneral(action: Action, approving: readonly StaffRole[]): readonly Finding[] {
  if (!onlyDirectors(action.roles) || !onlyDirectors(approving)) return [];
  const message = `Whoever may take “${action.code}” is the only one who may agree to it.`;
  return [approverIsActor(message, 'Let another role take it, or another role agree.')];
}

function approverIsActor(message: string, hint: string): Finding {
  return { path: 'approval.roles', code: 'approver_is_actor', message, hint };
}

/** An institution has one director; which has more is known where it is looked up who holds which role. */
function onlyDirectors(roles: readonly string[]): boolean {
  return roles.length > 0 && roles.every((role) => role === 'director');
}
