import { recordedFacts, type Facts } from '@recourse/domain';
import { isCompanyNamed, listActionEvents, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';

/** What the guards of a track's procedure look at. Read after locking the track. */
export async function collectFacts(tx: EntityManager, track: Track): Promise<Facts> {
  const established = recordedFacts(await listActionEvents(tx, track.id));
  return {
    companyNamed: await isCompanyNamed(tx, track.caseId),
    consentToNotifyCompany: established.has('consent_to_notify_company'),
    assigned: track.assigneeId !== null,
  };
}
