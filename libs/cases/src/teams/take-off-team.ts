import { Injectable } from '@nestjs/common';
import { mayLeadTeam } from '@recourse/domain';
import {
  deleteSessionsOf,
  deleteTeamMember,
  inTransaction,
  listMembersOfTeam,
  lockHeldTracks,
  lockTeam,
  moveTrack,
  type HeldTrack,
  type MemberOfTeam,
  type Team,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord } from '../record/append-to-record';
import { byStaff, recordStaffEvent } from '../staff/record-staff-event';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { giveNewKey } from './give-new-key';

/** What {@link TakeOffTeam} needs. */
export interface TakeOffTeamInput {
  /** Somebody on the team who leads it or is a supervisor or director: an administrator does not hold its key and cannot make it anew. */
  readonly actor: SignedInStaff;
  readonly teamId: string;
  /** Who shall no longer be on it. */
  readonly staffId: string;
  readonly now: Date;
}

/**
 * - `ok`: `putBack` open tracks are in nobody's hands now.
 * - `not_found`: the actor is not on such a team.
 * - `not_allowed`: the actor does not lead it.
 * - `not_on_team`: the other one is not on it, or no longer.
 * - `last_holder`: nobody with an open account would be left, so nobody could open its cases any more.
 * - `yourself`: whoever leaves cannot be the one who makes the new key; somebody who stays must.
 */
export type TakeOffTeamResult =
  | { readonly ok: true; readonly putBack: number }
  | { readonly ok: false; readonly code: 'not_found' | 'not_allowed' | 'not_on_team' | 'last_holder' | 'yourself' };

/**
 * Takes somebody off a team, in one transaction: the team gets a new key that only those hold who stay, what the person had in hand goes back to the team,
 * their sessions end, and the record says so. Members whose account is closed leave with them, because they hold the key too.
 *
 * Afterwards the keys of the cases are to be sealed to the new key: `ResealCaseKeys`. What the person has read they have read.
 */
@Injectable()
export class TakeOffTeam {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: TakeOffTeamInput): Promise<TakeOffTeamResult> {
    return inTransaction(this.dataSource, async (tx): Promise<TakeOffTeamResult> => {
      // One at a time; complaints are not kept waiting by this lock.
      const team = await lockTeam(tx, input.teamId, 'exclusive');
      const members = team === undefined ? [] : await listMembersOfTeam(tx, team.id);
      if (team === undefined || !members.some(({ staffId }) => staffId === input.actor.staffId)) {
        return { ok: false, code: 'not_found' };
      }
      const code = refusal(input, members);
      return code === undefined ? takeOff(tx, input, team, members) : { ok: false, code };
    });
  }
}

type Refusal = Exclude<TakeOffTeamResult, { ok: true }>['code'];

function refusal({ actor, teamId, staffId }: TakeOffTeamInput, members: readonly MemberOfTeam[]): Refusal | undefined {
  if (!mayLeadTeam(actor, teamId)) {
    return 'not_allowed';
  }
  if (!members.some((member) => member.staffId === staffId)) {
    return 'not_on_team';
  }
  if (!members.some((member) => member.staffId !== staffId && mayOpenCases(member))) {
    return 'last_holder';
  }
  return staffId === actor.staffId ? 'yourself' : undefined;
}

function mayOpenCases({ active, role }: MemberOfTeam): boolean {
  return active && role !== 'administrator';
}

async function takeOff(
  tx: EntityManager,
  input: TakeOffTeamInput,
  team: Team,
  members: readonly MemberOfTeam[],
): Promise<TakeOffTeamResult> {
  const { actor, now } = input;
  const leaves = (member: MemberOfTeam): boolean => member.staffId === input.staffId || !member.active;
  const leavers = members.filter(leaves);
  await giveNewKey(tx, actor, { team, stay: members.filter((member) => !leaves(member)), now });
  for (const { staffId } of leavers) {
    // Waits for whoever is just giving them a track, so that the tracks read below are all that they have.
    await deleteTeamMember(tx, team.id, staffId);
    await deleteSessionsOf(tx, staffId);
  }
  const held = await lockHeldTracks(
    tx,
    team.id,
    leavers.map(({ staffId }) => staffId),
  );
  await putBack(tx, actor, held, now);
  const [first] = held;
  if (first !== undefined) {
    await putInOutbox(tx, { topic: 'tracks_put_back', payload: { teamId: team.id, caseId: first.caseId } }, now);
  }
  for (const { staffId } of leavers) {
    const payload = { teamId: team.id, putBack: held.filter(({ assigneeId }) => assigneeId === staffId).length };
    await recordStaffEvent(tx, { type: 'left_team', payload, staffId, actor: byStaff(actor), now });
  }
  return { ok: true, putBack: held.length };
}

async function putBack(tx: EntityManager, actor: SignedInStaff, held: readonly HeldTrack[], now: Date): Promise<void> {
  for (const { id, caseId, revision, assigneeId } of held) {
    if (!(await moveTrack(tx, id, revision, { assigneeId: null }))) {
      throw new Error('a locked track moved');
    }
    await appendToRecord(tx, {
      type: 'assigned',
      payload: { assigneeId: null, previousAssigneeId: assigneeId },
      caseId,
      trackId: id,
      actor: { kind: 'staff', id: actor.staffId },
      now,
    });
  }
}
