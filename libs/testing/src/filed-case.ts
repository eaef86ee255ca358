import {
  appendEvent,
  appendToOutbox,
  findLatestProcedureVersion,
  findSealingTeam,
  insertCaseFile,
  insertCaseKeyGrant,
  insertContactRoute,
  insertDeadline,
  insertFiling,
  insertIntakeItem,
  insertParty,
  insertReceipt,
  insertTogether,
  insertTrack,
} from '@recourse/persistence';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';

import type { CaseWithTrack, Desk } from './given-case';
import { aCaseFile, aDeadline, anEvent, aReceipt, aTrack, bytes, ROW_INSTANT } from './rows';

/** How {@link insertFiledCase} finds back; random when absent. */
export interface FilingLookups {
  readonly receiptLookup?: Buffer;
  readonly idempotencyLookup?: Buffer;
}

/** Inserts every row that intake writes when a complaint is filed, with bytes that open to nothing. Runs as `recourse_intake` or as the owner. */
export async function insertFiledCase(tx: EntityManager, desk: Desk, lookups: FilingLookups = {}): Promise<CaseWithTrack> {
  const lookup = lookups.receiptLookup ?? randomBytes(32);
  const idempotencyLookup = lookups.idempotencyLookup ?? randomBytes(32);
  const team = await findSealingTeam(tx, desk.team.code);
  const procedure = await findLatestProcedureVersion(tx, desk.procedureVersion.procedure);
  if (team === undefined || procedure === undefined) {
    throw new Error('the desk is not there');
  }
  const caseFile = aCaseFile({ deskTeamId: team.id });
  const caseId = caseFile.id;
  if (!(await insertCaseFile(tx, caseFile))) {
    throw new Error('the reference of a test case is taken');
  }
  const track = aTrack({ caseId, teamId: team.id, procedureVersionId: procedure.id, nextDueAt: ROW_INSTANT });
  await insertTogether(tx, async () => {
    await insertReceipt(tx, aReceipt({ caseId, lookup }));
    await insertFiling(tx, { idempotencyLookup, bodyCheck: bytes(32), caseId, receiptLookup: lookup, createdAt: ROW_INSTANT });
    await insertSealedRows(tx, caseId, team.id);
    await insertTrack(tx, track);
    const deadline = aDeadline({ caseId, trackId: track.id });
    await insertDeadline(tx, deadline);
    await appendEvent(tx, anEvent({ caseId, actorKind: 'complainant' }));
    await appendEvent(tx, anEvent({ caseId, trackId: track.id, type: 'clock_started' }));
    await appendToOutbox(tx, {
      id: v7(),
      topic: 'complaint_filed',
      payload: { caseId },
      createdAt: ROW_INSTANT,
    });
  });
  return { caseFile, track, receiptLookup: lookup };
}

/** Keys, answers, a name and an address. */
async function insertSealedRows(tx: EntityManager, caseId: string, teamId: string): Promise<void> {
  for (const [holderKind, holderId] of [
    ['team', teamId],
    ['complainant', null],
    ['recovery', null],
  ] as const) {
    await insertCaseKeyGrant(tx, {
      id: v7(),
      caseId,
      keyVersion: 1,
      holderKind,
      holderId,
      sealedKey: bytes(80),
      sealedTo: null,
      grantedAt: ROW_INSTANT,
    });
  }
  await insertIntakeItem(tx, {
    id: v7(),
    caseId,
    kind: 'complaint',
    channel: 'web_form',
    receivedAt: ROW_INSTANT,
    sealedAnswers: bytes(300),
  });
  await insertParty(tx, { id: v7(), caseId, role: 'complainant', companyId: null, sealedName: bytes(64), createdAt: ROW_INSTANT });
  await insertContactRoute(tx, {
    id: v7(),
    caseId,
    kind: 'email',
    sealedAddress: bytes(80),
    language: 'en',
    neutral: true,
    quietFrom: null,
    quietUntil: null,
    timeZone: null,
    active: true,
    createdAt: ROW_INSTANT,
  });
}
