import { newReference } from '@recourse/domain';
import {
  insertCaseFile,
  insertCaseKeyGrant,
  insertContactRoute,
  insertFiling,
  insertIntakeItem,
  insertParty,
  insertReceipt,
  insertTogether,
  type CaseKeyGrant,
} from '@recourse/persistence';
import { newCaseKey, randomBytes, sealField, sealJson, sealTextTo, sealTo, type CaseKey } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { openTrack } from '../actions/open-track';
import { answersPlace, partyNamePlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord, COMPLAINANT, SYSTEM, type EventActor } from '../record/append-to-record';
import type { Channel, Complaint, ContactWish } from './complaint';
import type { DeskForFiling } from './filing-desk';
import type { IntakeAnswers } from './intake-answers';
import type { Submission } from './submission';

/** Everything a new case is made of. */
export interface NewCase {
  readonly channel: Channel;
  readonly complaint: Complaint;
  readonly submission: Submission;
  readonly desk: DeskForFiling;
  readonly now: Date;
}

interface Sealing extends NewCase {
  readonly caseId: string;
  readonly key: CaseKey;
}

const REFERENCE_TRIES = 10;

/** Writes a new case with everything that belongs to it, and forgets its key. @returns the reference */
export async function storeComplaint(tx: EntityManager, newCase: NewCase): Promise<string> {
  const key = newCaseKey();
  const filing: Sealing = { ...newCase, caseId: v7(), key };
  try {
    const reference = await storeCaseFile(tx, filing);
    await insertTogether(tx, async () => {
      await issueReceipt(tx, filing);
      await grantKey(tx, filing);
      const intakeItemId = await storeAnswers(tx, filing);
      await nameParties(tx, filing);
      await storeContactRoute(tx, filing);
      await openFirstTrack(tx, filing, intakeItemId);
      await putInOutbox(tx, { topic: 'complaint_filed', payload: { caseId: filing.caseId } }, filing.now);
    });
    return reference;
  } finally {
    key.wipe();
  }
}

/** References are random; a taken one (about once in 35 thousand million) is tried again. */
async function storeCaseFile(tx: EntityManager, { caseId, channel, complaint, desk, now }: Sealing): Promise<string> {
  for (let attempt = 0; attempt < REFERENCE_TRIES; attempt += 1) {
    const reference = newReference(randomBytes(16));
    const stored = await insertCaseFile(tx, {
      id: caseId,
      reference,
      receivedAt: now,
      channel,
      language: complaint.language,
      answerLanguage: complaint.answerLanguage ?? complaint.language,
      country: complaint.country ?? null,
      kind: complaint.kind ?? 'harm',
      anonymity: complaint.anonymity ?? 'anonymous',
      deskTeamId: desk.deskTeamId,
      companyId: null,
    });
    if (stored) {
      return reference;
    }
  }
  throw new Error(`${REFERENCE_TRIES} random references were all taken`);
}

async function issueReceipt(tx: EntityManager, { caseId, submission, now }: Sealing): Promise<void> {
  await insertReceipt(tx, { lookup: submission.receiptLookup, caseId, publicKey: submission.complainant.publicKey, createdAt: now });
  await insertFiling(tx, {
    idempotencyLookup: submission.idempotencyLookup,
    bodyCheck: submission.bodyCheck,
    caseId,
    receiptLookup: submission.receiptLookup,
    createdAt: now,
  });
}

async function grantKey(tx: EntityManager, { caseId, key, desk, submission, now }: Sealing): Promise<void> {
  const grant = (holder: Pick<CaseKeyGrant, 'holderKind' | 'holderId'>, publicKey: Buffer): Promise<void> => {
    const sealedTo = holder.holderKind === 'team' ? publicKey : null;
    return insertCaseKeyGrant(tx, {
      id: v7(),
      caseId,
      keyVersion: 1,
      ...holder,
      sealedKey: sealTo(publicKey, key.bytes),
      sealedTo,
      grantedAt: now,
    });
  };
  await grant({ holderKind: 'team', holderId: desk.deskTeamId }, desk.deskPublicKey);
  await grant({ holderKind: 'complainant', holderId: null }, submission.complainant.publicKey);
  await grant({ holderKind: 'recovery', holderId: null }, desk.recoveryPublicKey);
}

async function storeAnswers(tx: EntityManager, { caseId, key, channel, complaint, now }: Sealing): Promise<string> {
  const id = v7();
  const sealedAnswers = sealJson(key, answersPlace(caseId, id), answersOf(complaint));
  await insertIntakeItem(tx, { id, caseId, kind: 'complaint', channel, receivedAt: now, sealedAnswers });
  return id;
}

/** Everything that was answered but what has a readable column of its own, and the route, which is the worker's alone. */
function answersOf(complaint: Complaint): IntakeAnswers {
  const { language: _l, answerLanguage: _a, country: _c, kind: _k, anonymity: _n, contact: _r, ...answers } = complaint;
  return answers;
}

async function nameParties(tx: EntityManager, { caseId, key, complaint, now }: Sealing): Promise<void> {
  const party = async (role: string, name: string | undefined): Promise<void> => {
    const id = v7();
    const sealedName = name === undefined ? null : sealField(key, partyNamePlace(caseId, id), name);
    await insertParty(tx, { id, caseId, role, companyId: null, sealedName, createdAt: now });
  };
  await party('complainant', complaint.name);
  if (complaint.affected !== undefined) {
    await party('affected_person', complaint.affected);
  }
  // Which company of the institution's list it is, an officer establishes; this is what the complainant said.
  if (complaint.companyDescription !== undefined) {
    await party('respondent', complaint.companyDescription);
  }
}

async function storeContactRoute(tx: EntityManager, { caseId, complaint, desk, now }: Sealing): Promise<void> {
  const wish: ContactWish | undefined = complaint.contact;
  if (wish === undefined) {
    return;
  }
  await insertContactRoute(tx, {
    id: v7(),
    caseId,
    kind: 'email',
    sealedAddress: sealTextTo(desk.workerPublicKey, wish.email),
    language: wish.language ?? complaint.answerLanguage ?? complaint.language,
    neutral: wish.neutral,
    quietFrom: wish.quiet?.from ?? null,
    quietUntil: wish.quiet?.until ?? null,
    timeZone: wish.quiet?.timeZone ?? null,
    active: true,
    createdAt: now,
  });
}

async function openFirstTrack(tx: EntityManager, filing: Sealing, intakeItemId: string): Promise<void> {
  const { caseId, channel, complaint, desk, now } = filing;
  const complainant: EventActor = channel === 'partner' ? { kind: 'partner' } : COMPLAINANT;
  const received = { intakeItemId, channel, language: complaint.language };
  await appendToRecord(tx, { type: 'complaint_received', payload: received, caseId, actor: complainant, now });
  const opened = { versionId: desk.procedureVersionId, procedure: desk.procedure };
  await openTrack(tx, { caseId, teamId: desk.deskTeamId, parentTrackId: null, opened, calendars: desk.calendars, actor: SYSTEM, now });
}
