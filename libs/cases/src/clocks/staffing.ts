import type { Staffing } from '@recourse/domain';
import { listAddresseesByRole, listAddresseesOfTeam, type StaffAddressee, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';

/**
 * Who holds what in the teams of one transaction, each team read once: when a thousand clocks fire together they mostly belong to the same few teams.
 */
export class StaffingReader {
  readonly #teams = new Map<string, Promise<TeamStaff>>();
  #inCharge: Promise<readonly string[]> | undefined;

  constructor(private readonly tx: EntityManager) {}

  /**
   * The staff whom a clock of this track may be told to: only those whom the access policy lets see the track, which are the active members of its
   * team (see `visibleCases`). Somebody of the desk who is not on the team is not told.
   * @param track the track
   * @param deskTeamId the team that received the case
   */
  async of(track: Pick<Track, 'teamId' | 'assigneeId'>, deskTeamId: string): Promise<Staffing> {
    const { members, leads } = await this.#team(track.teamId);
    const ids = members.map(({ id }) => id);
    const desk = deskTeamId === track.teamId ? ids : (await this.#team(deskTeamId)).members.map(({ id }) => id);
    const { assigneeId } = track;
    return {
      // Members are active accounts: whoever left holds nothing any more.
      ...(assigneeId !== null && ids.includes(assigneeId) ? { assigneeId } : {}),
      team: ids,
      desk: desk.filter((id) => ids.includes(id)),
      teamLeads: leads.map(({ id }) => id),
      supervisors: withRole(members, 'supervisor'),
      directors: withRole(members, 'director'),
    };
  }

  /** As the function of the same name, read once. */
  everyoneInCharge(): Promise<readonly string[]> {
    this.#inCharge ??= everyoneInCharge(this.tx);
    return this.#inCharge;
  }

  #team(teamId: string): Promise<TeamStaff> {
    const known = this.#teams.get(teamId) ?? readTeam(this.tx, teamId);
    this.#teams.set(teamId, known);
    return known;
  }
}

interface TeamStaff {
  readonly members: readonly StaffAddressee[];
  readonly leads: readonly StaffAddressee[];
}

async function readTeam(tx: EntityManager, teamId: string): Promise<TeamStaff> {
  const mayKnowOfCases = ({ role }: StaffAddressee) => role !== 'administrator';
  return {
    members: (await listAddresseesOfTeam(tx, teamId)).filter(mayKnowOfCases),
    leads: (await listAddresseesOfTeam(tx, teamId, 'lead')).filter(mayKnowOfCases),
  };
}

function withRole(members: readonly StaffAddressee[], role: StaffAddressee['role']): readonly string[] {
  return members.filter((member) => member.role === role).map(({ id }) => id);
}

/**
 * Every director and every administrator: told when nobody on a ladder can be found, because somebody has to put people on the team. They learn a
 * reference and that its clock has nobody; the case stays closed to them.
 */
export async function everyoneInCharge(tx: EntityManager): Promise<readonly string[]> {
  const directors = await listAddresseesByRole(tx, 'director');
  const administrators = await listAddresseesByRole(tx, 'administrator');
  return [...directors, ...administrators].map(({ id }) => id);
}
