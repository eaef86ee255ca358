import {
  type CaseFile,
  insertCaseFile,
  insertProcedureVersion,
  insertReceipt,
  insertTeam,
  insertTrack,
  type ProcedureVersion,
  type Team,
  type Track,
} from '@recourse/persistence';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';

import { aCaseFile, aProcedureVersion, aReceipt, aTeam, aTrack } from './rows';

/** A desk and a procedure: what every case needs. */
export interface Desk {
  readonly team: Team;
  readonly procedureVersion: ProcedureVersion;
}

/** A case with its receipt and one open track. */
export interface CaseWithTrack {
  readonly caseFile: CaseFile;
  readonly track: Track;
  /** Look-up of its receipt. */
  readonly receiptLookup: Buffer;
}

/** Inserts a team and a procedure version of its own name. */
export async function insertDesk(tx: EntityManager): Promise<Desk> {
  const team = aTeam();
  const procedureVersion = aProcedureVersion({ procedure: `remedy_${team.id.slice(-12)}` });
  await insertTeam(tx, team);
  await insertProcedureVersion(tx, procedureVersion);
  return { team, procedureVersion };
}

/** Inserts a case on a desk, its receipt and an open track, as any role that may file. */
export async function insertCaseWithTrack(tx: EntityManager, desk: Desk, track: Partial<Track> = {}): Promise<CaseWithTrack> {
  const caseFile = aCaseFile({ deskTeamId: desk.team.id });
  const receiptLookup = randomBytes(32);
  const opened = aTrack({ caseId: caseFile.id, teamId: desk.team.id, procedureVersionId: desk.procedureVersion.id, ...track });
  if (!(await insertCaseFile(tx, caseFile))) {
    throw new Error('the reference of a test case is taken');
  }
  await insertReceipt(tx, aReceipt({ caseId: caseFile.id, lookup: receiptLookup }));
  await insertTrack(tx, opened);
  return { caseFile, track: opened, receiptLookup };
}
