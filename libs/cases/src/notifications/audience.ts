import { findAddressee, findCaseForNotice, listAddresseesOfTeam, listTracksOfCase, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';

/**
 * - `desk`: the team that receives.
 * - `holders`: for each open track whoever holds it, or its team when nobody does; the desk when no track is open.
 * - a person.
 * - `leadsOf` a team: its leads, or else its supervisors and directors, or else everybody on it.
 */
export type Audience = 'desk' | 'holders' | { readonly staffId: string } | { readonly leadsOf: string };

/**
 * Whom something concerns, now.
 * @param about `caseId` absent for what is about no case: then `to` is a person
 * @returns ids of staff; empty when there is nobody or no such case
 */
export async function audienceOf(
  tx: EntityManager,
  { caseId, to }: { readonly caseId?: string; readonly to: Audience },
): Promise<readonly string[]> {
  if (caseId === undefined) {
    if (typeof to !== 'object' || !('staffId' in to)) {
      throw new Error('what is about no case is told to a person');
    }
    return person(tx, to.staffId);
  }
  const file = await findCaseForNotice(tx, caseId);
  if (file === undefined) {
    return [];
  }
  if (typeof to === 'object' && 'leadsOf' in to) {
    return leadsOf(tx, to.leadsOf);
  }
  if (typeof to === 'object') {
    return person(tx, to.staffId);
  }
  const desk = async () => (await listAddresseesOfTeam(tx, file.deskTeamId)).map(({ id }) => id);
  if (to === 'desk') {
    return desk();
  }
  const open = (await listTracksOfCase(tx, caseId)).filter((track) => track.closedAt === null);
  const holders = new Set<string>();
  for (const track of open) {
    (await holdersOf(tx, track)).forEach((id) => holders.add(id));
  }
  return holders.size > 0 ? [...holders] : desk();
}

async function person(tx: EntityManager, staffId: string): Promise<readonly string[]> {
  const found = await findAddressee(tx, staffId);
  return found === undefined ? [] : [found.id];
}

async function leadsOf(tx: EntityManager, teamId: string): Promise<readonly string[]> {
  const leads = await listAddresseesOfTeam(tx, teamId, 'lead');
  const members = leads.length > 0 ? leads : await listAddresseesOfTeam(tx, teamId);
  const seniors = members.filter(({ role }) => leads.length > 0 || role === 'supervisor' || role === 'director');
  return (seniors.length > 0 ? seniors : members).map(({ id }) => id);
}

/** Whoever holds the track, or its whole team when nobody does or that person's account is closed. */
async function holdersOf(tx: EntityManager, track: Track): Promise<readonly string[]> {
  const assignee = track.assigneeId === null ? undefined : await findAddressee(tx, track.assigneeId);
  return assignee === undefined ? (await listAddresseesOfTeam(tx, track.teamId)).map(({ id }) => id) : [assignee.id];
}
