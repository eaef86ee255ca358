import { Injectable } from '@nestjs/common';
import { findStaffMember, findTeamByCode, insertTeam, insertTeamMember, inTransaction } from '@recourse/persistence';
import { generateKeyPair, sealTo, wipe } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { recordStaffEvent } from '../staff/record-staff-event';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** What {@link AddTeam} needs. */
export interface AddTeamInput {
  /** Becomes the team's lead and first holder of its key. */
  readonly actor: SignedInStaff;
  /** Stable short name, `snake_case`. */
  readonly code: string;
  readonly name: string;
  readonly now: Date;
}

/** `code_taken`: a team of this code exists. */
export type AddTeamResult =
  { readonly ok: true; readonly teamId: string } | { readonly ok: false; readonly code: 'code_taken' | 'code_invalid' };

/** Makes a team with its own key pair, sealed to its first member. The operator's to do, and recorded as theirs. */
@Injectable()
export class AddTeam {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: AddTeamInput): Promise<AddTeamResult> {
    if (!/^[a-z][a-z0-9_]{1,39}$/.test(input.code)) {
      return { ok: false, code: 'code_invalid' };
    }
    return inTransaction(this.dataSource, async (tx): Promise<AddTeamResult> => {
      if ((await findTeamByCode(tx, input.code)) !== undefined) {
        return { ok: false, code: 'code_taken' };
      }
      const member = await findStaffMember(tx, input.actor.staffId);
      if (member === undefined) {
        throw new Error('a signed-in member of staff has no account');
      }
      const teamId = await storeTeam(tx, input, { staffId: member.id, publicKey: member.publicKey });
      await recordTeam(tx, { teamId, leadId: member.id, now: input.now });
      return { ok: true, teamId };
    });
  }
}

/**
 * Stores a new team whose secret key only its first member holds, as its lead.
 * @returns the new id; throws a unique violation of `team_code_uq` when somebody was faster
 */
export async function storeTeam(
  tx: EntityManager,
  team: { readonly code: string; readonly name: string },
  lead: { readonly staffId: string; readonly publicKey: Buffer },
): Promise<string> {
  const id = v7();
  const pair = generateKeyPair();
  await insertTeam(tx, { id, code: team.code, name: team.name, publicKey: pair.publicKey });
  await insertTeamMember(tx, {
    teamId: id,
    staffId: lead.staffId,
    teamRole: 'lead',
    sealedTeamKey: sealTo(lead.publicKey, pair.secretKey),
  });
  wipe(pair.secretKey);
  return id;
}

/** Records that the operator made a team and put its lead on it. Last in a transaction, as everything in that record. */
export async function recordTeam(
  tx: EntityManager,
  { teamId, leadId, now }: { readonly teamId: string; readonly leadId: string; readonly now: Date },
): Promise<void> {
  const event = { staffId: leadId, actor: { kind: 'operator' }, now } as const;
  await recordStaffEvent(tx, { type: 'team_made', payload: { teamId }, ...event });
  await recordStaffEvent(tx, { type: 'joined_team', payload: { teamId, teamRole: 'lead' }, ...event });
}
