import { createHash } from 'node:crypto';
import type { CaseEventRow, CaseFile, Deadline, ProcedureVersion, Receipt, StaffMember, Team, Track } from '@recourse/persistence';
import { v7 } from 'uuid';

/*
 * Rows for tests of stores, clocks and queues, where going through the use cases would only be in the way. Whatever is not given is plausible
 * and invented. Tests of journeys go through the use cases instead.
 */

/** An instant that all rows share unless a test says otherwise. */
export const ROW_INSTANT = new Date('2026-03-02T09:00:00.000Z');

/** Bytes that look like a key or a ciphertext and are none: of this length, all the same. */
export function bytes(length: number, filledWith = 7): Buffer {
  return Buffer.alloc(length, filledWith);
}

/** A team. */
export function aTeam(given: Partial<Team> = {}): Team {
  const id = given.id ?? v7();
  return { id, code: `team-${id}`, name: 'Complaints desk', publicKey: bytes(32), ...given };
}

/** A member of staff whose key opens nothing. */
export function aStaffMember(given: Partial<StaffMember> = {}): StaffMember {
  const id = given.id ?? v7();
  return {
    id,
    signInName: `staff-${id}`,
    displayName: 'Amina Example',
    email: 'amina@example.org',
    role: 'officer',
    language: 'en',
    publicKey: bytes(32),
    wrappedSecretKey: bytes(48),
    kdf: { algorithm: 'argon2id', opslimit: 1, memlimit: 8192, salt: 'AAAAAAAAAAAAAAAAAAAAAA==' },
    active: true,
    createdAt: ROW_INSTANT,
    failedSignIns: 0,
    failuresToldAt: null,
    ...given,
  };
}

/** A published version of a procedure whose document is empty unless given; its hash is that of the document. */
export function aProcedureVersion(given: Partial<ProcedureVersion> = {}): ProcedureVersion {
  const { document = '' } = given;
  const contentHash = createHash('sha256').update(document, 'utf8').digest();
  return { id: v7(), procedure: 'remedy', version: 1, contentHash, publishedAt: ROW_INSTANT, ...given, document };
}

/** A case of a desk. */
export function aCaseFile(given: Partial<CaseFile> & Pick<CaseFile, 'deskTeamId'>): CaseFile {
  const id = given.id ?? v7();
  return {
    id,
    reference: `RC-${id.replaceAll('-', '').slice(-10).toUpperCase()}`,
    receivedAt: ROW_INSTANT,
    channel: 'web_form',
    language: 'en',
    answerLanguage: 'en',
    country: null,
    kind: 'harm',
    anonymity: 'anonymous',
    companyId: null,
    ...given,
  };
}

/** A receipt of a case, found by random bytes. */
export function aReceipt(given: Partial<Receipt> & Pick<Receipt, 'caseId' | 'lookup'>): Receipt {
  return { publicKey: bytes(32), createdAt: ROW_INSTANT, ...given };
}

/** An open track. */
export function aTrack(given: Partial<Track> & Pick<Track, 'caseId' | 'teamId' | 'procedureVersionId'>): Track {
  return {
    id: v7(),
    procedure: 'remedy',
    stage: 'received',
    revision: 1,
    assigneeId: null,
    parentTrackId: null,
    openedAt: ROW_INSTANT,
    stageEnteredAt: ROW_INSTANT,
    closedAt: null,
    outcome: null,
    nextDueAt: null,
    newsReadAt: null,
    hasNews: true,
    ...given,
  };
}

/** A running clock, due and firing a week after {@link ROW_INSTANT}. */
export function aDeadline(given: Partial<Deadline> & Pick<Deadline, 'caseId' | 'trackId'>): Deadline {
  const dueAt = new Date(ROW_INSTANT.getTime() + 7 * 24 * 3_600_000);
  return {
    id: v7(),
    kind: 'acknowledge',
    stage: 'received',
    calendar: 'geneva',
    calendarVersion: 1,
    startedAt: ROW_INSTANT,
    dueAt,
    pausedAt: null,
    pauseReasonCode: null,
    remainingMs: null,
    pauseUntil: null,
    extensions: 0,
    missedAt: null,
    level: 0,
    nextFireAt: dueAt,
    state: 'running',
    finishedAt: null,
    failureCount: 0,
    lastErrorCode: null,
    setAsideAt: null,
    ...given,
  };
}

/** An event by the system. */
export function anEvent(given: Partial<CaseEventRow> & Pick<CaseEventRow, 'caseId'>): Omit<CaseEventRow, 'seq' | 'prevHash' | 'hash'> {
  return {
    id: v7(),
    trackId: null,
    type: 'complaint_received',
    payload: {},
    sealedPayload: null,
    actorKind: 'system',
    actorId: null,
    occurredAt: ROW_INSTANT,
    ...given,
  };
}
