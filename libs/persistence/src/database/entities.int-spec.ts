import { testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';

const database = testDatabase();
let owner: DataSource;

beforeAll(async () => {
  owner = await database.dataSource('owner');
});

/** Columns that only the database writes, so that no entity has them. */
const OF_THE_DATABASE = [
  'case_chain.case_id',
  'case_chain.last_seq',
  'case_chain.last_hash',
  'case_file.filed_in',
  'staff_chain.chain',
  'staff_chain.last_seq',
  'staff_chain.last_hash',
];

describe('entities', () => {
  it('describe the tables as they are: every column, its type, whether it may be null', async () => {
    const rows = await owner.query<{ column: string }[]>(
      `SELECT format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN '' ELSE ' null' END) AS column
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'schema_migration'`,
    );
    const ofTables = rows.map(({ column }) => column).filter((column) => !OF_THE_DATABASE.includes(column.split(' ')[0] ?? ''));
    const names: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone', time: 'time without time zone' };
    const ofEntities = owner.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns.map(({ databaseName, type, isNullable }) => {
        const typeName = typeof type === 'string' ? (names[type] ?? type) : 'unknown';
        return `${tableName}.${databaseName} ${typeName}${isNullable ? ' null' : ''}`;
      }),
    );
    expect(ofEntities.sort()).toEqual(ofTables.sort());
  });

  it('leave keys, relations and cascades to the database', () => {
    for (const { relations, columns, eagerRelations } of owner.entityMetadatas) {
      expect([relations, eagerRelations]).toEqual([[], []]);
      expect(
        columns.filter(
          ({ isGenerated, isVersion, isCreateDate, isUpdateDate }) => isGenerated || isVersion || isCreateDate || isUpdateDate,
        ),
      ).toEqual([]);
    }
  });
});

describe('the schema', () => {
  it('has an index for every foreign key', async () => {
    const bare = await owner.query<{ name: string }[]>(
      `SELECT k.conname AS name FROM pg_constraint k
       WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND NOT EXISTS (
         SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
           AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) LIKE '(%IS NOT NULL)'))`,
    );
    expect(bare).toEqual([]);
  });

  it('names every constraint and index after its table', async () => {
    const names = await owner.query<{ of: string; name: string }[]>(
      `SELECT c.relname AS of, k.conname AS name FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
       WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f', 'c')
       UNION SELECT c.relname, x.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
       WHERE c.relnamespace = 'public'::regnamespace`,
    );
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter(({ of, name }) => !name.startsWith(`${of}_`) || !/_(pk|fk|uq|ck|idx)$/.test(name))).toEqual([]);
  });

  it('forces row-level security wherever intake may write', async () => {
    const open = await owner.query<{ name: string }[]>(
      `SELECT c.relname AS name FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_any_column_privilege('recourse_intake', c.oid, 'INSERT, UPDATE')
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
  });

  it('lets everybody execute nothing of ours, and pins the search path of what runs as the owner', async () => {
    const loose = await owner.query<{ name: string }[]>(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND (
         has_function_privilege('public', p.oid, 'EXECUTE') OR NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false))`,
    );
    expect(loose).toEqual([]);
  });
});
