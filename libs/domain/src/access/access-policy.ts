import type { StaffRole, TeamRole } from '../procedures/vocabulary';

/** A member of staff, as far as access goes. */
export interface Viewer {
  readonly staffId: string;
  readonly role: StaffRole;
  readonly teams: readonly { readonly id: string; readonly teamRole: TeamRole }[];
}

/**
 * Which cases somebody may know of. Data, so that one value serves list, count, search, opening and notification alike; persistence renders it as a `WHERE`
 * clause, and must render what it does not know as `nothing`.
 * - `nothing`: no case.
 * - `teams`: the tracks whose team is one of these, and the cases with such a track.
 */
export type Scope =
  { readonly kind: 'nothing' } | { readonly kind: 'teams'; readonly staffId: string; readonly teamIds: readonly string[] };

const NOTHING: Scope = { kind: 'nothing' };

/**
 * The cases that a member of staff may know of. Administrators look after accounts and settings and see no case, whatever team they are on; for the
 * others it is their teams that count and not their rank: a director sees the tracks of the teams they are on.
 */
export function visibleCases(viewer: Viewer): Scope {
  switch (viewer.role) {
    case 'officer':
    case 'supervisor':
    case 'director':
      return viewer.teams.length === 0 ? NOTHING : { kind: 'teams', staffId: viewer.staffId, teamIds: viewer.teams.map((team) => team.id) };
    case 'administrator':
      return NOTHING;
    default:
      return NOTHING;
  }
}

/** True when a track of this team is inside the scope: the same rule as the `WHERE` clause, for one row already at hand. */
export function isInScope(scope: Scope, track: { readonly teamId: string }): boolean {
  return scope.kind === 'teams' && scope.teamIds.includes(track.teamId);
}

/** True when the viewer may read what is sealed in a case with such a track. The key decides in the end: without a grant nothing opens. */
export function mayOpenSealed(viewer: Viewer, track: { readonly teamId: string }): boolean {
  return isInScope(visibleCases(viewer), track);
}

/**
 * True when the viewer may decide who works on what in a team, and who is taken off it: its leads, and supervisors and directors who are on it. Nobody who
 * is not on it, because they do not hold its key.
 */
export function mayLeadTeam(viewer: Viewer, teamId: string): boolean {
  if (!isInScope(visibleCases(viewer), { teamId })) return false;
  const leads = viewer.teams.some((team) => team.id === teamId && team.teamRole === 'lead');
  return leads || viewer.role === 'supervisor' || viewer.role === 'director';
}

/**
 * True when the viewer may give a track to `assigneeId` (null: back to the team). Everybody on the team may take a track for themselves or put their own
 * back; leads, supervisors and directors on the team may give it to any member.
 */
export function mayAssign(
  viewer: Viewer,
  track: { readonly teamId: string; readonly assigneeId: string | null },
  assigneeId: string | null,
): boolean {
  if (!isInScope(visibleCases(viewer), track)) return false;
  if (mayLeadTeam(viewer, track.teamId)) return true;
  if (assigneeId === viewer.staffId) return track.assigneeId === null || track.assigneeId === viewer.staffId;
  return assigneeId === null && track.assigneeId === viewer.staffId;
}

/** What a route can demand of staff. */
export const PERMISSIONS = [
  'case:read',
  'case:act',
  'case:assign',
  'board:read',
  'figures:read',
  'staff:manage',
  'procedure:publish',
  'set_aside:manage',
] as const;
/** One of {@link PERMISSIONS}. */
export type PermissionName = (typeof PERMISSIONS)[number];

const GRANTED: Readonly<Record<StaffRole, readonly PermissionName[]>> = {
  officer: ['case:read', 'case:act', 'case:assign'],
  supervisor: ['case:read', 'case:act', 'case:assign', 'board:read', 'figures:read'],
  director: ['case:read', 'case:act', 'case:assign', 'board:read', 'figures:read'],
  administrator: ['staff:manage', 'procedure:publish', 'set_aside:manage'],
};

/** True when the role has the permission. A permission opens a door; which cases lie behind it is for {@link visibleCases} to say. */
export function hasPermission(role: StaffRole, permission: PermissionName): boolean {
  return GRANTED[role].includes(permission);
}

/**
 * True when somebody may learn what the machine gave up, in every team: which kind of work, since when, and the reference of its case. Administrators may, as
 * they are told by mail when a clock is set aside; a reference opens nothing, and the case stays closed to them.
 */
export function mayLearnOfSetAside(viewer: Pick<Viewer, 'role'>): boolean {
  return hasPermission(viewer.role, 'set_aside:manage');
}
