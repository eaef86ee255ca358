import { aProcedureVersion, aStaffMember, aTeam, bytes, ROW_INSTANT, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

import { inTransaction } from '../database/in-transaction';
import { isUniqueViolation } from '../database/postgres-errors';
import { insertCompany, listCompanies } from './company.store';
import { findLatestProcedureVersion, insertProcedureVersion } from './procedure-version.store';
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  findSession,
  insertSession,
  postponeIdle,
  wipeSession,
} from './session.store';
import {
  findAddressee,
  findStaffMember,
  insertStaffMember,
  listAddresseesByRole,
  listAddresseesOfTeam,
  listColleagues,
  noteFailedSignIn,
  noteFailuresTold,
  noteRightPassword,
  replaceWrappedSecretKey,
} from './staff.store';
import { findSealingTeam, insertTeam, insertTeamMember, listMemberships } from './team.store';
import { findCurrentVaultKey, insertVaultKey } from './vault-key.store';

const database = testDatabase();
let owner: DataSource;
let casework: DataSource;
let worker: DataSource;
let intake: DataSource;

const desk = aTeam({ name: 'Desk' });
const other = aTeam({ name: 'Another team' });
const lead = aStaffMember({ displayName: 'Lead', role: 'supervisor' });
const member = aStaffMember({ displayName: 'Member' });
const left = aStaffMember({ displayName: 'Left', active: false });
const director = aStaffMember({ displayName: 'Director', role: 'director' });

beforeAll(async () => {
  [owner, casework, worker, intake] = await Promise.all([
    database.dataSource('owner'),
    database.dataSource('casework'),
    database.dataSource('worker'),
    database.dataSource('intake'),
  ]);
  await inTransaction(owner, async (tx) => {
    for (const team of [desk, other]) {
      await insertTeam(tx, team);
    }
    for (const person of [lead, member, left, director]) {
      await insertStaffMember(tx, person);
    }
    const places = [
      [desk, lead, 'lead'],
      [desk, member, 'member'],
      [desk, left, 'member'],
      [other, member, 'member'],
    ] as const;
    for (const [team, person, teamRole] of places) {
      await insertTeamMember(tx, { teamId: team.id, staffId: person.id, teamRole, sealedTeamKey: bytes(80) });
    }
  });
});

describe('staff', () => {
  it('are told of by the worker, who sees names and addresses and no key', async () => {
    await inTransaction(worker, async (tx) => {
      const ids = (people: readonly { readonly id: string }[]): string[] => people.map(({ id }) => id);
      expect(ids(await listAddresseesOfTeam(tx, desk.id))).toEqual([lead.id, member.id].sort());
      expect(ids(await listAddresseesOfTeam(tx, desk.id, 'lead'))).toEqual([lead.id]);
      expect(ids(await listAddresseesByRole(tx, 'director'))).toEqual([director.id]);
      expect(ids(await listAddresseesByRole(tx, 'officer', other.id))).toEqual([member.id]);
      expect(await findAddressee(tx, lead.id)).toEqual({
        id: lead.id,
        displayName: 'Lead',
        email: lead.email,
        role: 'supervisor',
        language: 'en',
      });
      expect(await findAddressee(tx, left.id)).toBeUndefined();
    });
    await expect(inTransaction(worker, (tx) => findStaffMember(tx, lead.id))).rejects.toThrow('permission denied');
  });

  it('have teams with keys, and colleagues', async () => {
    await inTransaction(casework, async (tx) => {
      expect((await listMemberships(tx, member.id)).map(({ name, teamRole }) => [name, teamRole])).toEqual([
        ['Another team', 'member'],
        ['Desk', 'member'],
      ]);
      expect((await listColleagues(tx, desk.id)).map(({ displayName }) => displayName)).toEqual(['Lead', 'Member']);
    });
  });

  it('are counted failing, told of once an hour, and forgiven', async () => {
    const now = new Date('2026-05-01T10:00:00.000Z');
    await inTransaction(casework, async (tx) => {
      for (let times = 0; times < 3; times += 1) await noteFailedSignIn(tx, member.id);
      expect(await noteFailuresTold(tx, member.id, { now, notSince: new Date(now.getTime() - 1) })).toBe(3);
      expect(await noteFailuresTold(tx, member.id, { now, notSince: new Date(now.getTime() - 1) })).toBeUndefined();
      expect(await noteFailuresTold(tx, member.id, { now, notSince: now })).toBe(3);
      expect(await noteRightPassword(tx, { id: member.id, wrappedSecretKey: bytes(48, 8) })).toBeUndefined();
      expect(await findStaffMember(tx, member.id)).toMatchObject({ failedSignIns: 3 });
      expect(await noteRightPassword(tx, member)).toBe(3);
      expect(await findStaffMember(tx, member.id)).toMatchObject({ failedSignIns: 0, failuresToldAt: now });
    });
  });

  it('can change their password and nothing else of their account', async () => {
    const kdf = { algorithm: 'argon2id', opslimit: 3, memlimit: 9, salt: 'AA==' } as const;
    await inTransaction(casework, async (tx) => {
      const changed = { wrappedSecretKey: bytes(48, 9), kdf };
      expect(await replaceWrappedSecretKey(tx, member, changed)).toBe(true);
      expect(await replaceWrappedSecretKey(tx, member, changed)).toBe(false);
      expect(await replaceWrappedSecretKey(tx, left, changed)).toBe(false);
      expect(await findStaffMember(tx, member.id)).toMatchObject({ wrappedSecretKey: bytes(48, 9), kdf });
    });
    await expect(casework.query(`UPDATE staff_member SET role = 'director'`)).rejects.toThrow('permission denied');
  });
});

describe('sessions', () => {
  it('are found until they end or are swept, wiped when they are over, and not put off then', async () => {
    const session = (lookup: number, expiresAt: Date) => ({
      lookup: bytes(32, lookup),
      staffId: member.id,
      sealedSecretKey: bytes(80),
      createdAt: ROW_INSTANT,
      expiresAt,
      idleAt: expiresAt,
      wipedAt: null,
    });
    const later = new Date(ROW_INSTANT.getTime() + 1_000);
    await inTransaction(casework, async (tx) => {
      for (const number of [1, 2, 3]) {
        await insertSession(tx, session(number, number === 3 ? ROW_INSTANT : later));
      }
      expect(await findSession(tx, bytes(32, 1))).toMatchObject({ staffId: member.id, sealedSecretKey: bytes(80) });
      await postponeIdle(tx, bytes(32, 1), { now: ROW_INSTANT, idleAt: new Date(later.getTime() + 1_000) });
      expect(await findSession(tx, bytes(32, 1))).toMatchObject({ idleAt: new Date(later.getTime() + 1_000) });
      for (const isWiped of [false, true]) {
        if (isWiped) await wipeSession(tx, bytes(32, 3), later);
        await postponeIdle(tx, bytes(32, 3), { now: ROW_INSTANT, idleAt: later });
        const wiped = isWiped ? { sealedSecretKey: null, wipedAt: later } : { wipedAt: null };
        expect(await findSession(tx, bytes(32, 3))).toMatchObject({ idleAt: ROW_INSTANT, ...wiped });
      }
      expect(await findSession(tx, bytes(32, 9))).toBeUndefined();
      await deleteSession(tx, bytes(32, 1));
      expect(await findSession(tx, bytes(32, 1))).toBeUndefined();
    });
    expect(await inTransaction(worker, (tx) => deleteExpiredSessions(tx, ROW_INSTANT))).toBe(1);
    await inTransaction(casework, async (tx) => {
      await deleteSessionsOf(tx, member.id);
      expect(await findSession(tx, bytes(32, 2))).toBeUndefined();
    });
  });
});

describe('what the institution publishes', () => {
  it('is the newest key of a kind, and the highest version of a procedure, for intake too', async () => {
    await inTransaction(owner, async (tx) => {
      for (const [number, createdAt] of [
        [1, ROW_INSTANT],
        [2, new Date(ROW_INSTANT.getTime() + 1)],
      ] as const) {
        await insertVaultKey(tx, { id: v7(), kind: 'worker', publicKey: bytes(32, number), createdAt });
        await insertProcedureVersion(tx, aProcedureVersion({ procedure: 'appeal', version: number }));
      }
    });
    await inTransaction(intake, async (tx) => {
      expect(await findCurrentVaultKey(tx, 'worker')).toMatchObject({ publicKey: bytes(32, 2) });
      expect(await findCurrentVaultKey(tx, 'recovery')).toBeUndefined();
      expect(await findLatestProcedureVersion(tx, 'appeal')).toMatchObject({ version: 2 });
      expect(await findSealingTeam(tx, desk.code)).toEqual({ id: desk.id, code: desk.code, publicKey: desk.publicKey });
    });
    const again: unknown = await inTransaction(owner, (tx) => insertProcedureVersion(tx, aProcedureVersion({ procedure: 'appeal' }))).catch(
      (error: unknown) => error,
    );
    expect(isUniqueViolation(again, 'procedure_version_procedure_version_uq')).toBe(true);
  });

  it('keeps the days of a membership as days', async () => {
    const company = {
      id: v7(),
      name: 'Invented Guards Ltd',
      country: 'KE',
      membership: 'former_member',
      memberFrom: '2019-01-01',
      memberUntil: '2024-12-31',
    } as const;
    await inTransaction(owner, (tx) => insertCompany(tx, company));
    expect(await inTransaction(casework, listCompanies)).toEqual([company]);
  });
});
