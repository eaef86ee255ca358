import { randomBytes } from 'node:crypto';

import {
  aCaseFile, aDeadline, anEvent, aReceipt, aStaffMember, aTrack, bytes, type CaseWithTrack, type Desk, insertCaseWithTrack, insertDesk, ROW_INSTANT,
  testDatabase,
} from '@recourse/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';

import { insertMessage } from '../conversation/message.store';
import { inTransaction } from '../database/in-transaction';
import { findLatestProcedureVersion } from '../institution/procedure-version.store';
import { insertStaffMember } from '../institution/staff.store';
import { findSealingTeam } from '../institution/team.store';
import { appendToOutbox } from '../outbox/outbox.store';
import { appendEvent } from '../record/case-event.store';
import { insertDeadline } from '../tracks/deadline.store';
import { insertTrack, setTrackNews } from '../tracks/track.store';
import { insertCaseFile } from './case-file.store';
import { insertCaseKeyGrant } from './case-key.store';
import { insertContactRoute } from './contact-route.store';
import { insertEvidenceFile } from './evidence-file.store';
import { findFiling, insertFiling, lockFiling } from './filing.store';
import { insertIntakeItem } from './intake-item.store';
import { insertParty } from './party.store';
import { insertReceipt, showReceipt } from './receipt.store';
import {
  findShownCaseFile, flagShownNews, listShownEvidenceFiles, listShownIntakeItems, listShownKeys, listShownMessages, listShownTracks,
  markShownMessagesRead,
} from './shown-case.store';

const database = testDatabase();
let intake: DataSource;
let owner: DataSource;
let desk: Desk;

beforeAll(async () => {
  owner = await database.dataSource('owner');
  intake = await database.dataSource('intake');
  desk = await inTransaction(owner, insertDesk);
});

/** Everything that intake writes when a complaint is filed. */
async function fileAsIntake(tx: EntityManager, lookup = randomBytes(32), idempotencyLookup = randomBytes(32)): Promise<CaseWithTrack> {
  const team = await findSealingTeam(tx, desk.team.code);
  const procedure = await findLatestProcedureVersion(tx, desk.procedureVersion.procedure);
  if (team === undefined || procedure === undefined) {
    throw new Error('the desk is not there');
  }
  const caseFile = aCaseFile({ deskTeamId: team.id });
  const caseId = caseFile.id;
  expect(await insertCaseFile(tx, caseFile)).toBe(true);
  await insertReceipt(tx, aReceipt({ caseId, lookup }));
  await insertFiling(tx, { idempotencyLookup, bodyCheck: bytes(32), caseId, receiptLookup: lookup, createdAt: ROW_INSTANT });
  for (const [holderKind, holderId] of [['team', team.id], ['complainant', null], ['recovery', null]] as const) {
    await insertCaseKeyGrant(tx, { id: v7(), caseId, keyVersion: 1, holderKind, holderId, sealedKey: bytes(80), grantedAt: ROW_INSTANT });
  }
  await insertIntakeItem(tx, { id: v7(), caseId, kind: 'complaint', channel: 'web_form', receivedAt: ROW_INSTANT, sealedAnswers: bytes(300) });
  await insertParty(tx, { id: v7(), caseId, role: 'complainant', companyId: null, sealedName: bytes(64), createdAt: ROW_INSTANT });
  await insertContactRoute(tx, {
    id: v7(), caseId, kind: 'email', sealedAddress: bytes(80), language: 'en', neutral: true, quietFrom: null, quietUntil: null, timeZone: null,
    active: true, createdAt: ROW_INSTANT,
  });
  const track = aTrack({ caseId, teamId: team.id, procedureVersionId: procedure.id, nextDueAt: ROW_INSTANT });
  await insertTrack(tx, track);
  const deadline = aDeadline({ caseId, trackId: track.id });
  await insertDeadline(tx, deadline);
  await appendEvent(tx, anEvent({ caseId, actorKind: 'complainant' }));
  await appendEvent(tx, anEvent({ caseId, trackId: track.id, type: 'clock_started' }));
  await appendToOutbox(tx, { id: v7(), topic: 'complaint_filed', payload: { caseId }, createdAt: ROW_INSTANT, dedupeKey: `filed:${caseId}` });
  return { caseFile, track, receiptLookup: lookup };
}

/** What an attacker with intake's role would add to a case. */
const ADDITIONS: readonly [string, (tx: EntityManager, caseId: string) => Promise<unknown>][] = [
  ['a message', (tx, caseId) => insertMessage(tx, { id: v7(), caseId, direction: 'from_complainant', authorStaffId: null, sentAt: ROW_INSTANT, sealedBody: bytes(9), firstReadAt: null })],
  ['an addition', (tx, caseId) => insertIntakeItem(tx, { id: v7(), caseId, kind: 'addition', channel: 'web_form', receivedAt: ROW_INSTANT, sealedAnswers: bytes(9) })],
  ['a file', (tx, caseId) => insertEvidenceFile(tx, { id: v7(), caseId, intakeItemId: null, receivedAt: ROW_INSTANT, sealedName: bytes(9), mediaType: 'image/png', sizeBytes: 9, sha256: bytes(32), sealedPlainSha256: bytes(60), storageKey: v7() })],
  ['a contact route', (tx, caseId) => insertContactRoute(tx, { id: v7(), caseId, kind: 'email', sealedAddress: bytes(9), language: 'en', neutral: false, quietFrom: null, quietUntil: null, timeZone: null, active: true, createdAt: ROW_INSTANT })],
  ['an event', (tx, caseId) => appendEvent(tx, anEvent({ caseId, type: 'message_received', actorKind: 'complainant' }))],
];

/** What belongs to a new case only. */
const BEGINNINGS: readonly [string, (tx: EntityManager, caseId: string) => Promise<unknown>][] = [
  ['a receipt', (tx, caseId) => insertReceipt(tx, aReceipt({ caseId, lookup: randomBytes(32) }))],
  ['a filing', (tx, caseId) => insertFiling(tx, { idempotencyLookup: randomBytes(32), bodyCheck: bytes(32), caseId, receiptLookup: randomBytes(32), createdAt: ROW_INSTANT })],
  ['a key', (tx, caseId) => insertCaseKeyGrant(tx, { id: v7(), caseId, keyVersion: 9, holderKind: 'complainant', holderId: null, sealedKey: bytes(80), grantedAt: ROW_INSTANT })],
  ['a track', (tx, caseId) => insertTrack(tx, aTrack({ caseId, teamId: desk.team.id, procedureVersionId: desk.procedureVersion.id }))],
  ['a party', (tx, caseId) => insertParty(tx, { id: v7(), caseId, role: 'witness', companyId: null, sealedName: null, createdAt: ROW_INSTANT })],
];

describe('the public process, as recourse_intake', () => {
  it('files a complaint with everything that belongs to it', async () => {
    const { caseFile } = await inTransaction(intake, (tx) => fileAsIntake(tx));
    const counts = await owner.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM case_event WHERE case_id = $1 UNION ALL SELECT count(*)::int FROM outbox_message WHERE payload->>'caseId' = $1::text`,
      [caseFile.id],
    );
    expect(counts.map(({ n }) => n)).toEqual([2, 1]);
  });

  it('finds a filing by its key and by nothing else', async () => {
    const key = randomBytes(32);
    const { caseFile, receiptLookup } = await inTransaction(intake, (tx) => fileAsIntake(tx, randomBytes(32), key));
    expect(await inTransaction(intake, (tx) => findFiling(tx, key))).toEqual({
      bodyCheck: bytes(32), caseId: caseFile.id, receiptLookup, reference: caseFile.reference,
    });
    expect(await inTransaction(intake, (tx) => findFiling(tx, randomBytes(32)))).toBeUndefined();
  });

  it('makes twenty submits with one key one complaint', async () => {
    const key = randomBytes(32);
    const submit = (): Promise<'filed' | 'repeated'> =>
      inTransaction(intake, async (tx) => {
        await lockFiling(tx, key);
        if ((await findFiling(tx, key)) !== undefined) {
          return 'repeated';
        }
        await fileAsIntake(tx, randomBytes(32), key);
        return 'filed';
      });
    const answers = await Promise.all(Array.from({ length: 20 }, submit));
    expect(answers.filter((answer) => answer === 'filed')).toHaveLength(1);
  });

  it('is told that a reference is taken, and can go on in the same transaction', async () => {
    const { caseFile } = await inTransaction(intake, (tx) => fileAsIntake(tx));
    await inTransaction(intake, async (tx) => {
      expect(await insertCaseFile(tx, aCaseFile({ deskTeamId: desk.team.id, reference: caseFile.reference }))).toBe(false);
      expect(await insertCaseFile(tx, aCaseFile({ deskTeamId: desk.team.id }))).toBe(true);
    });
  });

  it('shows the holder of a receipt their own complaint', async () => {
    const { caseFile, track, receiptLookup } = await inTransaction(intake, (tx) => fileAsIntake(tx));
    const staff = aStaffMember();
    const message = { id: v7(), caseId: caseFile.id, direction: 'to_complainant', authorStaffId: staff.id, sentAt: ROW_INSTANT, sealedBody: bytes(5), firstReadAt: null } as const;
    await inTransaction(owner, async (tx) => {
      await insertStaffMember(tx, staff);
      await insertMessage(tx, message);
      await setTrackNews(tx, track.id, false);
    });
    await inTransaction(intake, async (tx) => {
      expect(await showReceipt(tx, receiptLookup)).toBe(caseFile.id);
      for (const [, add] of ADDITIONS) {
        await add(tx, caseFile.id);
      }
      expect(await findShownCaseFile(tx)).toMatchObject({ id: caseFile.id, reference: caseFile.reference, receivedAt: ROW_INSTANT });
      expect(await listShownTracks(tx)).toEqual([
        expect.objectContaining({ id: track.id, stage: 'received', nextDueAt: ROW_INSTANT, isPaused: false, closedAt: null }),
      ]);
      expect(await listShownMessages(tx)).toHaveLength(2);
      expect(Object.keys((await listShownMessages(tx))[0] ?? {})).not.toContain('authorStaffId');
      expect(await listShownIntakeItems(tx)).toHaveLength(2);
      expect(await listShownEvidenceFiles(tx)).toEqual([expect.objectContaining({ sizeBytes: 9 })]);
      expect(await listShownKeys(tx)).toEqual([expect.objectContaining({ keyVersion: 1, sealedKey: bytes(80) })]);
      expect(await markShownMessagesRead(tx, ROW_INSTANT)).toEqual([message.id]);
      expect(await markShownMessagesRead(tx, new Date())).toEqual([]);
      await flagShownNews(tx);
    });
    const [row] = await owner.query<{ has_news: boolean }[]>('SELECT has_news FROM track WHERE id = $1', [track.id]);
    expect(row?.has_news).toBe(true);
  });

  it('says that a clock waits', async () => {
    const { caseFile, track, receiptLookup } = await inTransaction(intake, (tx) => fileAsIntake(tx));
    await owner.query(`UPDATE deadline SET state = 'paused', paused_at = now(), remaining_ms = 1, next_fire_at = NULL WHERE case_id = $1`, [caseFile.id]);
    await inTransaction(intake, async (tx) => {
      await showReceipt(tx, receiptLookup);
      expect(await listShownTracks(tx)).toEqual([expect.objectContaining({ id: track.id, isPaused: true })]);
    });
  });

  it('forgets the receipt with the transaction', async () => {
    const { caseFile, receiptLookup } = await inTransaction(intake, (tx) => fileAsIntake(tx));
    const one = intake.createQueryRunner();
    try {
      await one.startTransaction();
      expect(await showReceipt(one.manager, receiptLookup)).toBe(caseFile.id);
      await one.commitTransaction();
      expect(await findShownCaseFile(one.manager)).toBeUndefined();
    } finally {
      await one.release();
    }
  });
});

describe('whoever holds the public process’s role', () => {
  let victim: CaseWithTrack;

  beforeAll(async () => {
    victim = await inTransaction(intake, (tx) => fileAsIntake(tx));
  });

  it('reads, counts, changes and deletes in no table', async () => {
    const tables = await owner.query<{ name: string; columns: string[] }[]>(
      `SELECT c.relname AS name, array_agg(a.attname::text) AS columns FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname`,
    );
    expect(tables.length).toBeGreaterThan(20);
    const open = new Set(['vault_key', 'procedure_version', 'team']);
    for (const { name, columns } of tables) {
      const questions = [`SELECT count(*) FROM ${name}`, `SELECT FROM ${name} LIMIT 1`, `TABLE ${name}`, ...columns.map((column) => `SELECT ${column} FROM ${name}`)];
      for (const sql of open.has(name) ? [] : questions) {
        await expect(intake.query(sql)).rejects.toThrow(`permission denied for table ${name}`);
      }
      for (const sql of [`UPDATE ${name} SET ${String(columns[0])} = NULL`, `DELETE FROM ${name}`, `TRUNCATE ${name}`, `SELECT FROM ${name} FOR UPDATE`, `COPY ${name} TO STDOUT`, `LOCK TABLE ${name} IN SHARE MODE`, `CREATE TRIGGER x BEFORE INSERT ON ${name} EXECUTE FUNCTION recourse_shown_case()`]) {
        if (!(open.has(name) && sql.startsWith('COPY'))) {
          await expect(inTransaction(intake, (tx) => tx.query(sql))).rejects.toThrow(/permission denied|must be owner/);
        }
      }
    }
  });

  it('sees of teams only whom to seal to, and of nothing in the queue', async () => {
    await expect(intake.query('SELECT name FROM team')).rejects.toThrow('permission denied');
    await expect(intake.query('SELECT * FROM bullmq.job')).rejects.toThrow('permission denied for schema bullmq');
  });

  it('cannot get a row back by inserting, upserting or merging', async () => {
    const file = aCaseFile({ deskTeamId: desk.team.id, reference: victim.caseFile.reference });
    const values = `('${file.id}', '${file.reference}', now(), 'web_form', 'en', 'en', 'harm', 'anonymous', '${desk.team.id}')`;
    const insert = `INSERT INTO case_file (id, reference, received_at, channel, language, answer_language, kind, anonymity, desk_team_id) VALUES ${values}`;
    for (const sql of [
      `${insert} RETURNING id`,
      `${insert} ON CONFLICT (reference) DO UPDATE SET country = 'CH'`,
      `${insert} ON CONFLICT (reference) DO NOTHING`,
      `MERGE INTO case_file f USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE`,
      `INSERT INTO receipt SELECT lookup, case_id, public_key, created_at FROM receipt`,
      `INSERT INTO case_file (id, filed_in) VALUES (gen_random_uuid(), '1')`,
    ]) {
      await expect(intake.query(sql)).rejects.toThrow('permission denied');
    }
  });

  it('learns nothing from the functions without a receipt', async () => {
    await inTransaction(intake, async (tx) => {
      for (const shown of ['', 'zz', '00', randomBytes(32).toString('hex')]) {
        await tx.query('SAVEPOINT before');
        await tx.query(`SELECT set_config('recourse.shown_receipt', $1, true)`, [shown]);
        const answer = await tx.query<unknown[]>('SELECT * FROM recourse_shown_case_file()').catch((error: unknown) => String(error));
        expect(answer === 'QueryFailedError: invalid hexadecimal digit: "z"' || (Array.isArray(answer) && answer.length === 0)).toBe(true);
        await tx.query('ROLLBACK TO SAVEPOINT before');
      }
      for (const list of [listShownKeys, listShownTracks, listShownMessages, listShownIntakeItems, listShownEvidenceFiles]) {
        expect(await list(tx)).toEqual([]);
      }
    });
  });

  it.each([...ADDITIONS, ...BEGINNINGS])('cannot add %s to an earlier case, and is not told whether it exists', async (_, add) => {
    const messageFor = (caseId: string): Promise<string> =>
      inTransaction(intake, (tx) => add(tx, caseId)).then(
        () => 'accepted',
        (error: unknown) => String(error),
      );
    const earlier = await messageFor(victim.caseFile.id);
    expect(earlier).toMatch(/violates row-level security policy/);
    expect(await messageFor(v7())).toBe(earlier);
  });

  it.each(BEGINNINGS)('cannot add %s to an earlier case even with a receipt of its own and a new case in the same transaction', async (_, add) => {
    await expect(
      inTransaction(intake, async (tx) => {
        const { receiptLookup } = await fileAsIntake(tx);
        await showReceipt(tx, receiptLookup);
        await add(tx, victim.caseFile.id);
      }),
    ).rejects.toThrow(/violates row-level security policy/);
  });

  it('cannot write as staff, to the complainant, or into topics that are not its own', async () => {
    const { caseFile, receiptLookup } = await inTransaction(intake, (tx) => fileAsIntake(tx));
    const attempts: ((tx: EntityManager) => Promise<unknown>)[] = [
      (tx) => appendEvent(tx, anEvent({ caseId: caseFile.id, actorKind: 'staff', actorId: v7() })),
      (tx) => tx.query(`INSERT INTO case_event (id, case_id, type, payload, actor_kind, occurred_at) VALUES ($1, $2, 'x', '{}', 'staff', now())`, [v7(), caseFile.id]),
      (tx) => tx.query(`INSERT INTO message (id, case_id, direction, sent_at, sealed_body) VALUES ($1, $2, 'to_complainant', now(), '')`, [v7(), caseFile.id]),
      (tx) => appendToOutbox(tx, { id: v7(), topic: 'message_sent', payload: { caseId: caseFile.id }, createdAt: ROW_INSTANT }),
    ];
    for (const attempt of attempts) {
      await expect(
        inTransaction(intake, async (tx) => {
          await showReceipt(tx, receiptLookup);
          await attempt(tx);
        }),
      ).rejects.toThrow(/row-level security|permission denied/);
    }
  });

  it('cannot count through statistics, sizes or sequences', async () => {
    for (const sql of [
      'SELECT n_tup_ins FROM pg_stat_user_tables',
      'SELECT n_live_tup FROM pg_stat_all_tables',
      'SELECT tup_inserted FROM pg_stat_database',
      'SELECT heap_blks_read FROM pg_statio_all_tables',
      `SELECT pg_stat_get_tuples_inserted('case_file'::regclass)`,
      'SELECT reltuples FROM pg_class',
      'SELECT relpages FROM pg_class',
      `SELECT pg_total_relation_size('case_file')`,
      'SELECT pg_database_size(current_database())',
      'SELECT * FROM pg_statistic',
      `SELECT pg_relation_filepath('case_file'), pg_stat_file(pg_relation_filepath('case_file'))`,
    ]) {
      await expect(intake.query(sql)).rejects.toThrow('permission denied');
    }
    await owner.query('ANALYZE');
    expect(await intake.query(`SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public' AND tablename NOT IN ('vault_key', 'procedure_version', 'team')`)).toEqual([]);
    expect(await owner.query(`SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`)).toEqual([]);
  });

  it('cannot count through EXPLAIN', async () => {
    const explain = async (): Promise<unknown> =>
      intake.query('EXPLAIN (ANALYZE, VERBOSE, BUFFERS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM recourse_shown_case_file(), recourse_shown_tracks()');
    const before = await explain();
    await inTransaction(owner, async (tx) => {
      for (let index = 0; index < 30; index += 1) {
        await insertCaseWithTrack(tx, desk);
      }
    });
    await owner.query('ANALYZE');
    expect(await explain()).toEqual(before);
    for (const table of ['case_file', 'receipt', 'message', 'track']) {
      await expect(intake.query(`EXPLAIN SELECT FROM ${table}`)).rejects.toThrow('permission denied');
    }
  });

  it('cannot become another role, switch the policies off or replace what the functions call', async () => {
    for (const sql of [
      'SET ROLE recourse_casework',
      'SET SESSION AUTHORIZATION recourse_worker',
      'SET session_replication_role = replica',
      'ALTER TABLE case_file DISABLE ROW LEVEL SECURITY',
      'CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT $1 $$',
      'CREATE SCHEMA mine',
      'CREATE TEMPORARY TABLE receipt (lookup bytea, case_id uuid)',
      'CREATE EXTENSION pg_trgm',
      `SELECT lo_import('/etc/hostname')`,
    ]) {
      await expect(intake.query(sql)).rejects.toThrow(/permission denied|must be|cannot set/);
    }
    await expect(
      inTransaction(intake, async (tx) => {
        await tx.query('SET LOCAL row_security = off');
        await tx.query('SELECT * FROM case_file');
      }),
    ).rejects.toThrow(/permission denied|would be affected by row-level security/);
  });
});
