import { testDatabase } from '@recourse/testing';
import { Client } from 'pg';

import { describeSchema, findSchemaDifference } from './describe-schema';

const database = testDatabase();

/** Runs statements on the test's own database. */
async function run(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: database.urlOf('owner') });
  await client.connect();
  try {
    for (const statement of statements) {
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}

describe('schema.sql', () => {
  it('is what the migrations make', async () => {
    expect(await findSchemaDifference(database.urlOf('owner'))).toBeUndefined();
  });

  it.each([
    ['a column', 'ALTER TABLE team ADD COLUMN x text', 'ALTER TABLE team DROP COLUMN x'],
    ['a constraint', 'ALTER TABLE team ADD CONSTRAINT x CHECK (true)', 'ALTER TABLE team DROP CONSTRAINT x'],
    ['an index', 'CREATE INDEX x ON team (name)', 'DROP INDEX x'],
    ['a sequence', 'CREATE SEQUENCE x', 'DROP SEQUENCE x'],
    ['a comment', `COMMENT ON COLUMN team.name IS 'x'`, 'COMMENT ON COLUMN team.name IS NULL'],
    ['a policy', 'CREATE POLICY x ON message FOR SELECT TO recourse_intake USING (true)', 'DROP POLICY x ON message'],
    ['security that is not forced', 'ALTER TABLE message NO FORCE ROW LEVEL SECURITY', 'ALTER TABLE message FORCE ROW LEVEL SECURITY'],
    ['a function', 'CREATE FUNCTION x() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', 'DROP FUNCTION x'],
    [
      'a trigger that is switched off',
      'ALTER TABLE case_event DISABLE TRIGGER case_event_append',
      'ALTER TABLE case_event ENABLE ALWAYS TRIGGER case_event_append',
    ],
    ['a grant on a table', 'GRANT SELECT ON receipt TO recourse_intake', 'REVOKE SELECT ON receipt FROM recourse_intake'],
    ['a grant on a column', 'GRANT UPDATE (name) ON team TO recourse_worker', 'REVOKE UPDATE (name) ON team FROM recourse_worker'],
    [
      'a grant to everybody',
      'GRANT EXECUTE ON FUNCTION recourse_shown_case() TO PUBLIC',
      'REVOKE EXECUTE ON FUNCTION recourse_shown_case() FROM PUBLIC',
    ],
  ])('notices %s', async (_, change, undo) => {
    const before = await describeSchema(database.urlOf('owner'));
    await run(change);
    const after = await describeSchema(database.urlOf('owner'));
    await run(undo);
    expect(after).not.toBe(before);
    expect(await describeSchema(database.urlOf('owner'))).toBe(before);
  });
});
