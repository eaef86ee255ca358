import { randomBytes } from 'node:crypto';

import {
  aCaseFile,
  anEvent,
  aReceipt,
  aTrack,
  bytes,
  type CaseWithTrack,
  type Desk,
  insertCaseWithTrack,
  insertDesk,
  insertFiledCase,
  ROW_INSTANT,
  testDatabase,
} from '@recourse/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';

import { insertMessage } from '../conversation/message.store';
import { inTransaction } from '../database/in-transaction';
import { appendToOutbox } from '../outbox/outbox.store';
import { appendEvent } from '../record/case-event.store';
import { insertTrack } from '../tracks/track.store';
import { insertCaseKeyGrant } from './case-key.store';
import { insertContactRoute } from './contact-route.store';
import { insertEvidenceFile } from './evidence-file.store';
import { insertFiling } from './filing.store';
import { insertIntakeItem } from './intake-item.store';
import { insertParty } from './party.store';
import { insertReceipt, showReceipt } from './receipt.store';
import {
  countShownMessages,
  findShownIntakeItem,
  findShownMessage,
  listShownEvidenceFiles,
  listShownIntakeItems,
  listShownKeys,
  listShownMessages,
  listShownTracks,
  listShownUse,
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

/** What an attacker with intake's role would add to a case. */
const ADDITIONS: readonly [string, (tx: EntityManager, caseId: string) => Promise<unknown>][] = [
  [
    'a message',
    (tx, caseId) =>
      insertMessage(tx, {
        id: v7(),
        caseId,
        direction: 'from_complainant',
        authorStaffId: null,
        sentAt: ROW_INSTANT,
        sealedBody: bytes(9),
        firstReadAt: null,
      }),
  ],
  [
    'an addition',
    (tx, caseId) =>
      insertIntakeItem(tx, { id: v7(), caseId, kind: 'addition', channel: 'web_form', receivedAt: ROW_INSTANT, sealedAnswers: bytes(9) }),
  ],
  [
    'a file',
    (tx, caseId) =>
      insertEvidenceFile(tx, {
        id: v7(),
        caseId,
        intakeItemId: null,
        receivedAt: ROW_INSTANT,
        sealedName: bytes(9),
        mediaType: 'image/png',
        sizeBytes: 9,
        sha256: bytes(32),
        sealedPlainSha256: bytes(60),
        storageKey: v7(),
      }),
  ],
  [
    'a contact route',
    (tx, caseId) =>
      insertContactRoute(tx, {
        id: v7(),
        caseId,
        kind: 'email',
        sealedAddress: bytes(9),
        language: 'en',
        neutral: false,
        quietFrom: null,
        quietUntil: null,
        timeZone: null,
        active: true,
        createdAt: ROW_INSTANT,
      }),
  ],
  ['an event', (tx, caseId) => appendEvent(tx, anEvent({ caseId, type: 'message_received', actorKind: 'complainant' }))],
];

/** What belongs to a new case only. */
const BEGINNINGS: readonly [string, (tx: EntityManager, caseId: string) => Promise<unknown>][] = [
  ['a receipt', (tx, caseId) => insertReceipt(tx, aReceipt({ caseId, lookup: randomBytes(32) }))],
  [
    'a filing',
    (tx, caseId) =>
      insertFiling(tx, {
        idempotencyLookup: randomBytes(32),
        bodyCheck: bytes(32),
        caseId,
        receiptLookup: randomBytes(32),
        createdAt: ROW_INSTANT,
      }),
  ],
  [
    'a key',
    (tx, caseId) =>
      insertCaseKeyGrant(tx, {
        id: v7(),
        caseId,
        keyVersion: 9,
        holderKind: 'complainant',
        holderId: null,
        sealedKey: bytes(80),
        sealedTo: null,
        grantedAt: ROW_INSTANT,
      }),
  ],
  ['a track', (tx, caseId) => insertTrack(tx, aTrack({ caseId, teamId: desk.team.id, procedureVersionId: desk.procedureVersion.id }))],
  [
    'a party',
    (tx, caseId) => insertParty(tx, { id: v7(), caseId, role: 'witness', companyId: null, sealedName: null, createdAt: ROW_INSTANT }),
  ],
];

describe('whoever holds the public process’s role', () => {
  let victim: CaseWithTrack;

  beforeAll(async () => {
    victim = await inTransaction(intake, (tx) => insertFiledCase(tx, desk));
  });

  it('reads, counts, changes and deletes in no table', async () => {
    const tables = await owner.query<{ name: string; columns: string[] }[]>(
      `SELECT c.relname AS name, array_agg(a.attname::text) AS columns FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname`,
    );
    expect(tables.length).toBeGreaterThan(20);
    const open = new Set([
      'vault_key',
      'procedure_version',
      'procedure_in_use',
      'calendar_version',
      'team',
      'demo_mark',
      'secret_fingerprint',
    ]);
    for (const { name, columns } of tables) {
      const questions = [
        `SELECT count(*) FROM ${name}`,
        `SELECT FROM ${name} LIMIT 1`,
        `TABLE ${name}`,
        ...columns.map((column) => `SELECT ${column} FROM ${name}`),
      ];
      for (const sql of open.has(name) ? [] : questions) {
        await expect(intake.query(sql)).rejects.toThrow(`permission denied for table ${name}`);
      }
      for (const sql of [
        `UPDATE ${name} SET ${String(columns[0])} = NULL`,
        `DELETE FROM ${name}`,
        `TRUNCATE ${name}`,
        `SELECT FROM ${name} FOR UPDATE`,
        `COPY ${name} TO STDOUT`,
        `LOCK TABLE ${name} IN SHARE MODE`,
        `CREATE TRIGGER x BEFORE INSERT ON ${name} EXECUTE FUNCTION recourse_shown_case()`,
      ]) {
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
      for (const list of [listShownKeys, listShownTracks, listShownEvidenceFiles]) {
        expect(await list(tx)).toEqual([]);
      }
      expect(await listShownMessages(tx, { limit: 9 })).toEqual({ rows: [] });
      for (const kind of ['complaint', 'addition'] as const)
        expect(await listShownIntakeItems(tx, kind, { limit: 9 })).toEqual({ rows: [] });
      expect(await countShownMessages(tx)).toEqual({ inAll: 0, unread: 0 });
      expect(await listShownUse(tx, new Date(0))).toEqual([]);
      for (const { id } of await owner.query<{ id: string }[]>('SELECT id FROM intake_item'))
        expect(await findShownIntakeItem(tx, id)).toBeUndefined();
      for (const { id } of await owner.query<{ id: string }[]>('SELECT id FROM message')) {
        expect(await findShownMessage(tx, id)).toBeUndefined();
        expect(await markShownMessagesRead(tx, new Date(), [id])).toEqual([]);
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

  it.each(BEGINNINGS)(
    'cannot add %s to an earlier case even with a receipt of its own and a new case in the same transaction',
    async (_, add) => {
      await expect(
        inTransaction(intake, async (tx) => {
          const { receiptLookup } = await insertFiledCase(tx, desk);
          await showReceipt(tx, receiptLookup);
          await add(tx, victim.caseFile.id);
        }),
      ).rejects.toThrow(/violates row-level security policy/);
    },
  );

  it.each(BEGINNINGS)('cannot add %s to a case whose old transaction has the number of this one, as after a restore', async (_, add) => {
    await expect(
      inTransaction(intake, async (tx) => {
        // A case of its own, so that the transaction has a number.
        await insertFiledCase(tx, desk);
        const [{ id } = { id: '' }] = await tx.query<{ id: string }[]>('SELECT pg_current_xact_id()::text AS id');
        await owner.query('UPDATE case_file SET filed_in = $1::text::xid8 WHERE id = $2', [id, victim.caseFile.id]);
        await add(tx, victim.caseFile.id);
      }),
    ).rejects.toThrow(/violates row-level security policy/);
  });

  it('cannot write as staff, to the complainant, or into topics that are not its own', async () => {
    const { caseFile, receiptLookup } = await inTransaction(intake, (tx) => insertFiledCase(tx, desk));
    const attempts: ((tx: EntityManager) => Promise<unknown>)[] = [
      (tx) => appendEvent(tx, anEvent({ caseId: caseFile.id, actorKind: 'staff', actorId: v7() })),
      (tx) =>
        tx.query(
          `INSERT INTO case_event (id, case_id, type, payload, actor_kind, occurred_at) VALUES ($1, $2, 'x', '{}', 'staff', now())`,
          [v7(), caseFile.id],
        ),
      (tx) =>
        tx.query(`INSERT INTO message (id, case_id, direction, sent_at, sealed_body) VALUES ($1, $2, 'to_complainant', now(), '')`, [
          v7(),
          caseFile.id,
        ]),
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
    expect(
      await intake.query(
        `SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public' AND tablename NOT IN ('vault_key', 'procedure_version', 'procedure_in_use', 'calendar_version', 'team')`,
      ),
    ).toEqual([]);
    expect(await owner.query(`SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`)).toEqual([]);
  });

  it('cannot count through EXPLAIN', async () => {
    const explain = async (): Promise<unknown> =>
      intake.query(
        'EXPLAIN (ANALYZE, VERBOSE, BUFFERS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM recourse_shown_case_file(), recourse_shown_tracks()',
      );
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
