import { testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';

import { findRoleProblem } from './connected-role';

const database = testDatabase();
let owner: DataSource;

beforeAll(async () => {
  owner = await database.dataSource('owner');
});

/** Columns of all tables on which a role has a privilege, as `table.column`. */
async function columnsWith(role: string, privilege: 'SELECT' | 'INSERT' | 'UPDATE'): Promise<ReadonlySet<string>> {
  const rows = await owner.query<{ name: string }[]>(
    `SELECT c.relname || '.' || a.attname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
       AND has_column_privilege($1, c.oid, a.attnum, $2)`,
    [role, privilege],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Tables from which a role may delete. */
async function deletableBy(role: string): Promise<readonly string[]> {
  const rows = await owner.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege($1, oid, 'DELETE')
     ORDER BY relname`,
    [role],
  );
  return rows.map(({ name }) => name);
}

/** What taking somebody off a team changes: its key, who holds it, and to what the keys of its cases are sealed. */
const KEYS_OF_TEAMS = [
  'case_key_grant.sealed_key',
  'case_key_grant.sealed_to',
  'case_key_grant.set_aside_at',
  'team.public_key',
  'team_member.sealed_team_key',
];

/** What people wrote, said or are called, and the keys to it, sealed or wrapped. */
const SEALED = /\.(sealed_|wrapped_)/;

describe('grants', () => {
  it('let intake read no sealed column and update nothing', async () => {
    expect([...(await columnsWith('recourse_intake', 'SELECT'))].sort()).toEqual([
      'calendar_version.calendar',
      'calendar_version.content_hash',
      'calendar_version.document',
      'calendar_version.holiday_source',
      'calendar_version.id',
      'calendar_version.known_until',
      'calendar_version.published_at',
      'calendar_version.resolved',
      'calendar_version.version',
      'demo_mark.id',
      'demo_mark.made_at',
      'procedure_in_use.decided_at',
      'procedure_in_use.id',
      'procedure_in_use.kind',
      'procedure_in_use.procedure',
      'procedure_version.content_hash',
      'procedure_version.document',
      'procedure_version.id',
      'procedure_version.procedure',
      'procedure_version.published_at',
      'procedure_version.version',
      'secret_fingerprint.fingerprint',
      'secret_fingerprint.kind',
      'secret_fingerprint.nth',
      'team.code',
      'team.id',
      'team.public_key',
      'vault_key.created_at',
      'vault_key.id',
      'vault_key.kind',
      'vault_key.public_key',
    ]);
    expect((await columnsWith('recourse_intake', 'UPDATE')).size).toBe(0);
    expect(await deletableBy('recourse_intake')).toEqual([]);
  });

  it('let the worker read one sealed column: the addresses sealed to its own key', async () => {
    expect([...(await columnsWith('recourse_worker', 'SELECT'))].filter((name) => SEALED.test(name))).toEqual([
      'contact_route.sealed_address',
    ]);
  });

  it('keep addresses, receipts and filings from casework', async () => {
    const readable = await columnsWith('recourse_casework', 'SELECT');
    for (const column of [
      'contact_route.sealed_address',
      'receipt.lookup',
      'filing.idempotency_lookup',
      'filing.case_id',
      'case_chain.last_hash',
      'staff_chain.last_hash',
    ]) {
      expect([column, readable.has(column)]).toEqual([column, false]);
    }
  });

  it.each(['recourse_intake', 'recourse_casework', 'recourse_worker'])(
    'let %s change nothing that was said, filed or recorded',
    async (role) => {
      const changeable = [...(await columnsWith(role, 'UPDATE'))];
      const untouchable =
        /^(case_event|case_chain|intake_item|evidence_file|party|receipt|filing|case_key_grant|procedure_version|procedure_in_use|vault_key|demo_mark|secret_fingerprint|staff_event|staff_chain|team|team_former_key|team_member|company|schema_migration)\./;
      expect(changeable.filter((name) => untouchable.test(name)).sort()).toEqual(role === 'recourse_casework' ? KEYS_OF_TEAMS : []);
      expect(changeable.filter((name) => name.startsWith('message.') && name !== 'message.first_read_at')).toEqual([]);
      const insertable = await columnsWith(role, 'INSERT');
      for (const column of [
        'case_event.seq',
        'case_event.prev_hash',
        'case_event.hash',
        'case_file.filed_in',
        'case_chain.case_id',
        'staff_event.seq',
        'staff_event.prev_hash',
        'staff_event.hash',
        'staff_chain.last_seq',
        'vault_key.id',
        'team.id',
        'demo_mark.id',
        'secret_fingerprint.nth',
      ]) {
        expect([column, insertable.has(column)]).toEqual([column, false]);
      }
    },
  );

  it('let the processes delete what is over, casework a membership of a team, and nothing else', async () => {
    expect(await deletableBy('recourse_casework')).toEqual(['sign_in_limit', 'staff_session', 'team_key_aside', 'team_member']);
    expect(await deletableBy('recourse_worker')).toEqual(['outbox_message', 'sign_in_limit', 'staff_session']);
  });

  it('give nobody but the owner a way around: no membership, no ownership, no superuser, no bypass', async () => {
    const rows = await owner.query<unknown[]>(
      `SELECT r.rolname FROM pg_roles r WHERE r.rolname LIKE 'recourse\\_%' AND r.rolname IN ('recourse_intake', 'recourse_casework', 'recourse_worker')
         AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
           OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
           OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace))`,
    );
    expect(rows).toEqual([]);
  });

  it('let nobody stay in a transaction, wait for a lock or run a query for ever', async () => {
    for (const role of ['intake', 'casework', 'worker'] as const) {
      const source = await database.dataSource(role);
      const [row] = await source.query<Record<string, string>[]>(
        `SELECT current_setting('jit') AS jit, current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
                current_setting('idle_in_transaction_session_timeout') AS idle`,
      );
      expect(row?.['jit']).toBe('off');
      expect([row?.['statement'], row?.['lock'], row?.['idle']]).not.toContain('0');
    }
  });
});

describe('findRoleProblem', () => {
  it('accepts each process with its own role only', async () => {
    for (const process of ['intake', 'casework', 'worker'] as const) {
      expect(await findRoleProblem(await database.dataSource(process), process)).toBeUndefined();
      expect(await findRoleProblem(owner, process)).toContain(`must connect as recourse_${process}`);
    }
    expect(await findRoleProblem(await database.dataSource('casework'), 'intake')).toBe(
      'the intake process must connect as recourse_intake, not as recourse_casework',
    );
  });

  it('notices a role that was made too strong', async () => {
    const casework = await database.dataSource('casework');
    await owner.query('CREATE TABLE stray (id uuid)');
    await owner.query('ALTER TABLE stray OWNER TO recourse_casework');
    expect(await findRoleProblem(casework, 'casework')).toContain('powers that it must not have');
    await owner.query('DROP TABLE stray');
  });
});
