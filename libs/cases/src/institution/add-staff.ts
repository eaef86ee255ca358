import { inTransaction, isUniqueViolation } from '@recourse/persistence';
import { STANDARD_PASSWORD_COST, type PasswordCost } from '@recourse/vault';
import type { DataSource, EntityManager } from 'typeorm';
import { recordStaffEvent } from '../staff/record-staff-event';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { handOnTeamKey } from '../teams/hand-on-team-key';
import { newStaffKeys, refuseStaff, storeStaff, type NewStaff, type NewStaffKeys, type NewStaffRefusal } from './new-staff';

/** What {@link AddStaff} needs. */
export interface AddStaffInput {
  /** An existing member of every team given: only a holder of a team's key can hand it on. */
  readonly actor: SignedInStaff;
  readonly staff: NewStaff;
  readonly teams: readonly { readonly code: string; readonly teamRole: 'member' | 'lead' }[];
  readonly now: Date;
}

/** `not_on_team`: the actor does not hold the key of team `team`, or there is no such team. */
export type AddStaffResult =
  | { readonly ok: true; readonly staffId: string }
  | { readonly ok: false; readonly code: NewStaffRefusal }
  | { readonly ok: false; readonly code: 'not_on_team'; readonly team: string };

/**
 * Makes an account: a key pair wrapped by the password, and the keys of the teams sealed to it. The operator's to do, and recorded as theirs, with the
 * member whose key they used.
 */
export class AddStaff {
  /** @param cost of one guess at a password of an account made here; whatever it is, the account keeps it with its key. Cheaper for tests alone. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly cost: PasswordCost = STANDARD_PASSWORD_COST,
  ) {}

  async run(input: AddStaffInput): Promise<AddStaffResult> {
    const refusal = refuseStaff(input.staff);
    if (refusal !== undefined) {
      return { ok: false, code: refusal };
    }
    const stranger = input.teams.find(({ code }) => !input.actor.teams.some((team) => team.code === code));
    if (stranger !== undefined) {
      return { ok: false, code: 'not_on_team', team: stranger.code };
    }
    return this.store(input, await newStaffKeys(input.staff.password, this.cost));
  }

  private async store(input: AddStaffInput, keys: NewStaffKeys): Promise<AddStaffResult> {
    try {
      const staffId = await inTransaction(this.dataSource, async (tx) => {
        const id = await storeStaff(tx, input.staff, keys, input.now);
        if (id !== undefined) {
          await joinTeams(tx, input, { staffId: id, publicKey: keys.publicKey });
        }
        return id;
      });
      return staffId === undefined ? { ok: false, code: 'sign_in_name_taken' } : { ok: true, staffId };
    } catch (error) {
      if (isUniqueViolation(error, 'staff_member_sign_in_name_uq')) {
        return { ok: false, code: 'sign_in_name_taken' };
      }
      throw error;
    }
  }
}

/** Hands the new member the keys of their teams, and records all of it. */
async function joinTeams(
  tx: EntityManager,
  { actor, staff, teams, now }: AddStaffInput,
  member: { readonly staffId: string; readonly publicKey: Buffer },
): Promise<void> {
  const joined = teams.map(({ code, teamRole }) => {
    const team = actor.teams.find((own) => own.code === code);
    if (team === undefined) {
      throw new Error('a wanted team is not the actor’s');
    }
    return { teamId: team.id, teamRole };
  });
  for (const one of joined) {
    await handOnTeamKey(tx, actor, { ...one, ...member }, now);
  }
  const event = { staffId: member.staffId, actor: { kind: 'operator', id: actor.staffId }, now } as const;
  await recordStaffEvent(tx, { type: 'account_made', payload: { role: staff.role }, ...event });
  for (const { teamId, teamRole } of joined) {
    await recordStaffEvent(tx, { type: 'joined_team', payload: { teamId, teamRole }, ...event });
  }
}
