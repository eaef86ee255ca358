import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { NotificationKind } from '@recourse/notify';
import { findAddressee, findCaseForNotice, inTransaction, listAddresseesOfTeam, listTracksOfCase, type Track } from '@recourse/persistence';

import { isToldAnyway, tellsOfNews } from './news-pace';
import { planNotification } from './plan-notification';

/** What {@link TellStaff} needs. */
export interface TellStaffInput {
  /** Absent for what is about no case: then `to` is a person. */
  readonly caseId?: string;
  readonly kind: NotificationKind;
  /**
   * - `desk`: the team that receives.
   * - `holders`: for each open track whoever holds it, or its team when nobody does; the desk when no track is open.
   * - a person.
   * - `leadsOf` a team: its leads, or else its supervisors and directors, or else everybody on it.
   */
  readonly to: 'desk' | 'holders' | { readonly staffId: string } | { readonly leadsOf: string };
  /** What they are told of; the same cause never tells the same person twice. */
  readonly cause: string;
  readonly now: Date;
}

/** Plans a notification to each member of staff whom something in a case concerns. Run as the worker, which may read who they are. */
@Injectable()
export class TellStaff {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns ids of the staff who are told, also of those who were told before or will be by a mail that waits; empty when there is nobody or no such case */
  async run(input: TellStaffInput): Promise<readonly string[]> {
    return inTransaction(this.dataSource, async (tx) => {
      const staffIds = await recipients(tx, input);
      for (const staffId of staffIds) {
        const { kind, caseId = null, cause, now } = input;
        if (caseId !== null && tellsOfNews(kind) && (await isToldAnyway(tx, caseId, staffId))) {
          continue;
        }
        await planNotification(tx, { kind, recipientKind: 'staff', recipientId: staffId, caseId, cause, now });
      }
      return staffIds;
    });
  }
}

async function recipients(tx: EntityManager, { caseId, to }: TellStaffInput): Promise<readonly string[]> {
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
