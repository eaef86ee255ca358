import { Injectable } from '@nestjs/common';
import { mayLeadTeam } from '@recourse/domain';
import {
  countGrantsAside,
  countHeldTracks,
  countStaleGrants,
  findTeamByCode,
  inTransaction,
  listFormerMembers,
  listFormerTeamKeys,
  listMembersOfTeam,
} from '@recourse/persistence';
import { DataSource } from 'typeorm';
import type { StaffIdentity, StaffRole } from '../staff/signed-in-staff';

/** A count of case keys goes up to here; a page says “more than” beyond it. */
export const STALE_COUNT_CAP = 10_000;

/** A team as somebody on it sees it. */
export interface TeamView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** By name; without closed accounts. */
  readonly members: readonly TeamMemberView[];
  /** True when the reader may take somebody off the team, and put somebody on it. */
  readonly mayLead: boolean;
  /** By name: who was taken off it and can be put back. Empty for a reader who may not. */
  readonly formerMembers: readonly FormerMemberView[];
  /** Case keys that are still sealed to a key which the team had before; at most {@link STALE_COUNT_CAP}. */
  readonly staleKeys: number;
  /** Case keys that no key of the team opens: nobody on it can open what is sealed with them. */
  readonly setAsideKeys: number;
}

/** Somebody on a team. */
export interface TeamMemberView {
  readonly staffId: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly teamRole: 'member' | 'lead';
  /** How many open tracks of the team are in their hands. */
  readonly openTracks: number;
}

/** Somebody who was on a team. */
export interface FormerMemberView {
  readonly staffId: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly leftAt: Date;
}

/** `not_found` also for a team that the reader is not on. */
export type ReadTeamResult = { readonly ok: true; readonly view: TeamView } | { readonly ok: false; readonly code: 'not_found' };

/** Reads who is on one of the reader's own teams. */
@Injectable()
export class ReadTeam {
  constructor(private readonly dataSource: DataSource) {}

  /** @param code of the team */
  async run({ actor, code }: { readonly actor: StaffIdentity; readonly code: string }): Promise<ReadTeamResult> {
    return inTransaction(this.dataSource, async (tx): Promise<ReadTeamResult> => {
      const isOwn = actor.teams.some((own) => own.code === code);
      const team = isOwn ? await findTeamByCode(tx, code) : undefined;
      if (team === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const mayLead = mayLeadTeam(actor, team.id);
      const held = await countHeldTracks(tx, team.id);
      const active = (await listMembersOfTeam(tx, team.id)).filter((member) => member.active);
      const hadOthers = (await listFormerTeamKeys(tx, team.id, actor.staffId)).length > 0;
      return {
        ok: true,
        view: {
          id: team.id,
          code: team.code,
          name: team.name,
          members: active.map(({ staffId, displayName, role, teamRole }) => ({
            staffId,
            displayName,
            role,
            teamRole,
            openTracks: held.get(staffId) ?? 0,
          })),
          mayLead,
          formerMembers: mayLead ? await listFormerMembers(tx, team.id) : [],
          staleKeys: hadOthers ? await countStaleGrants(tx, team.id, team.publicKey, STALE_COUNT_CAP) : 0,
          setAsideKeys: await countGrantsAside(tx, team.id),
        },
      };
    });
  }
}
