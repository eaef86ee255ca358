import { mayAssign } from '@recourse/domain';
import { listColleagues, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import type { StaffIdentity } from '../staff/signed-in-staff';
import type { HandoverView } from './case-view';

/** Whom the actor may give a track to, and whether they may put it back to the team: what {@link AssignTrack} would take from them now. */
export async function handoverOf(tx: EntityManager, actor: StaffIdentity, track: Track): Promise<HandoverView> {
  if (track.closedAt !== null) {
    return { to: [], mayPutBack: false };
  }
  const colleagues = await listColleagues(tx, track.teamId);
  return { to: colleagues.filter(({ id }) => mayAssign(actor, track, id)), mayPutBack: mayAssign(actor, track, null) };
}
