import type { DataSource } from 'typeorm';

/** Changes what is published as only the owner of the server can: with the trigger off. What was there is put back after `look`. */
export async function tampered(
  owner: DataSource,
  table: 'procedure_version' | 'calendar_version',
  change: string,
  look: () => Promise<void>,
): Promise<void> {
  const past = async (sql: string) => {
    await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_refuse_change`);
    await owner.query(sql);
    await owner.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_refuse_change`);
  };
  await owner.query(`CREATE TABLE kept AS TABLE ${table}`);
  await past(change);
  try {
    await look();
  } finally {
    const columns = 'document, content_hash' + (table === 'calendar_version' ? ', resolved' : '');
    const kept = columns.replace(/\w+/g, 'k.$&');
    await past(`UPDATE ${table} v SET (${columns}) = ROW(${kept}) FROM kept k WHERE k.id = v.id`);
    await owner.query('DROP TABLE kept');
  }
}
