import { Injectable } from '@nestjs/common';
import { mayLeadTeam } from '@recourse/domain';
import { inTransaction, listMembersOfTeam, lockTeam, readLockStaff, type StaffMember, type TeamMember } from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { validate } from 'uuid';
import { putInOutbox } from '../outbox/put-in-outbox';
import { byStaff, recordStaffEvent } from '../staff/record-staff-event';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { storedSignInName } from '../staff/staff-access';
import { handOnTeamKey } from './hand-on-team-key';

/** What {@link PutOnTeam} needs. */
export interface PutOnTeamInput {
  /** Somebody on the team who leads it or is a supervisor or director: whoever may take off may put on. */
  readonly actor: SignedInStaff;
  readonly teamId: string;
  /** Somebody who has an account: by its id, or by the name they sign in with. */
  readonly person: { readonly staffId: string } | { readonly signInName: string };
  readonly teamRole: TeamMember['teamRole'];
  readonly now: Date;
}

/**
 * - `ok`: they are on the team; `added` is false when they were on it before, and then nothing was changed, their role in it neither.
 * - `not_found`: the actor is not on such a team.
 * - `not_allowed`: the actor does not lead it.
 * - `no_such_person`: there is no such account.
 * - `account_closed`: theirs was closed.
 * - `sees_no_case`: they are an administrator, and a team's key would be of no use to them.
 */
export type PutOnTeamResult =
  | { readonly ok: true; readonly staffId: string; readonly added: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'not_allowed' | 'no_such_person' | 'account_closed' | 'sees_no_case' };

/**
 * Puts somebody who has an account on a team, or back on it, in one transaction: the team's key is sealed to them by somebody who holds it, the record says so,
 * and they are told by mail. From then on they open every case of the team, those from the time when they were not on it too.
 */
@Injectable()
export class PutOnTeam {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: PutOnTeamInput): Promise<PutOnTeamResult> {
    const { actor, teamId } = input;
    return inTransaction(this.dataSource, async (tx): Promise<PutOnTeamResult> => {
      // One at a time, so that two who put the same person on it do it once.
      const team = validate(teamId) ? await lockTeam(tx, teamId, 'exclusive') : undefined;
      const members = team === undefined ? [] : await listMembersOfTeam(tx, team.id);
      if (!members.some(({ staffId }) => staffId === actor.staffId)) {
        return { ok: false, code: 'not_found' };
      }
      if (!mayLeadTeam(actor, teamId)) {
        return { ok: false, code: 'not_allowed' };
      }
      const person = await findPerson(tx, input.person);
      const code = refusal(person);
      if (person === undefined || code !== undefined) {
        return { ok: false, code: code ?? 'no_such_person' };
      }
      if (members.some(({ staffId }) => staffId === person.id)) {
        return { ok: true, staffId: person.id, added: false };
      }
      await putOn(tx, input, person);
      return { ok: true, staffId: person.id, added: true };
    });
  }
}

/** Locked against being closed: an account is never closed and given a key in the same moment. */
async function findPerson(tx: EntityManager, person: PutOnTeamInput['person']): Promise<StaffMember | undefined> {
  if ('signInName' in person) {
    return readLockStaff(tx, { signInName: storedSignInName(person.signInName) });
  }
  return validate(person.staffId) ? readLockStaff(tx, { id: person.staffId }) : undefined;
}

function refusal(person: StaffMember | undefined): Extract<PutOnTeamResult, { ok: false }>['code'] | undefined {
  if (person === undefined) {
    return 'no_such_person';
  }
  if (!person.active) {
    return 'account_closed';
  }
  return person.role === 'administrator' ? 'sees_no_case' : undefined;
}

async function putOn(tx: EntityManager, { actor, teamId, teamRole, now }: PutOnTeamInput, person: StaffMember): Promise<void> {
  const { id: staffId, publicKey } = person;
  await handOnTeamKey(tx, actor, { teamId, staffId, teamRole, publicKey }, now);
  await putInOutbox(tx, { topic: 'put_on_team', payload: { teamId, staffId } }, now);
  await recordStaffEvent(tx, { type: 'joined_team', payload: { teamId, teamRole }, staffId, actor: byStaff(actor), now });
}
