import type { DataSource } from 'typeorm';

/** What is published. */
export type RulesTable = 'procedure_version' | 'calendar_version';

/** Changes what is published as only the owner of the server can: with the trigger off. */
export async function tamperWith(owner: DataSource, table: RulesTable, change: string): Promise<void> {
  await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_refuse_change`);
  try {
    await owner.query(change);
  } finally {
    await owner.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_refuse_change`);
  }
}

/** {@link tamperWith} for as long as `look` takes: what was there is put back. */
export async function tampered(owner: DataSource, table: RulesTable, change: string, look: () => Promise<void>): Promise<void> {
  const code = table === 'calendar_version' ? 'calendar' : 'procedure';
  await owner.query(`CREATE TABLE kept AS TABLE ${table}`);
  try {
    await tamperWith(owner, table, change);
    await look();
  } finally {
    const columns = `${code}, version, document, content_hash` + (table === 'calendar_version' ? ', resolved' : '');
    const kept = columns.replace(/\w+/g, 'k.$&');
    // Out of the way of each other first: one may stand where another belongs.
    await tamperWith(owner, table, `UPDATE ${table} SET version = version + 1000000`);
    await tamperWith(owner, table, `UPDATE ${table} v SET (${columns}) = ROW(${kept}) FROM kept k WHERE k.id = v.id`);
    await owner.query(`INSERT INTO ${table} SELECT * FROM kept ON CONFLICT (id) DO NOTHING`);
    await owner.query('DROP TABLE kept');
  }
}
