import { Injectable } from '@nestjs/common';
import { findAction, whomToTell, type StaffRole } from '@recourse/domain';
import { findCaseForNotice, findTrack, inTransaction, listAddresseesOfTeam, type Track } from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { everyoneInCharge, StaffingReader } from '../clocks/staffing';
import { RuleBook } from '../procedures/rule-book';
import { planNotification } from './plan-notification';

/** What {@link TellOfTrack} needs. */
export interface TellOfTrackInput {
  /**
   * - `action_taken`: whoever the action's `tellsStaff` names.
   * - `approval_requested`: whoever may be the second person.
   */
  readonly about: 'action_taken' | 'approval_requested';
  readonly caseId: string;
  readonly trackId: string;
  /** Code of the action. */
  readonly action: string;
  /** Who took it or asked for it: they know already. */
  readonly by: string | null;
  readonly cause: string;
  readonly now: Date;
}

/** Tells staff of what happened on a track, as its procedure says. Run as the worker, which may read who they are. */
@Injectable()
export class TellOfTrack {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  /** @returns ids of the staff who are told; empty when the action is not the procedure's */
  async run(input: TellOfTrackInput): Promise<readonly string[]> {
    return inTransaction(this.dataSource, async (tx) => {
      const told = (await this.recipients(tx, input)).filter((id) => id !== input.by);
      const { caseId, cause, now } = input;
      const kind = input.about === 'action_taken' ? 'staff_action_taken' : 'staff_approval_requested';
      for (const recipientId of told) {
        await planNotification(tx, { kind, recipientKind: 'staff', recipientId, caseId, cause, now });
      }
      return told;
    });
  }

  private async recipients(tx: EntityManager, { about, caseId, trackId, action: code, by }: TellOfTrackInput): Promise<readonly string[]> {
    const track = await findTrack(tx, trackId);
    const file = await findCaseForNotice(tx, caseId);
    const action = track && findAction(await this.rules.procedure(tx, track.procedureVersionId), code);
    if (track === undefined || file === undefined || action === undefined) {
      return [];
    }
    if (about === 'action_taken') {
      const { staffIds, goesBeyondTheTeam } = whomToTell(action.tellsStaff, await new StaffingReader(tx).of(track, file.deskTeamId));
      return goesBeyondTheTeam ? [...new Set([...staffIds, ...(await everyoneInCharge(tx))])] : staffIds;
    }
    const able = (await withRoles(tx, track, action.approval?.roles ?? [])).filter((id) => id !== by);
    // Nobody on the team can agree: somebody has to put a second person on it.
    return able.length > 0 ? able : everyoneInCharge(tx);
  }
}

async function withRoles(tx: EntityManager, { teamId }: Track, roles: readonly StaffRole[]): Promise<readonly string[]> {
  const members = await listAddresseesOfTeam(tx, teamId);
  return members.filter(({ role }) => roles.includes(role)).map(({ id }) => id);
}
