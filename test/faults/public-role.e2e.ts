import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startHouse, type House } from '../support/house';
import { fileEverything } from '../support/marked-complaint';

jest.setTimeout(120_000);

describe('with everything that the public process knows', () => {
  const tables = [
    'case_file',
    'receipt',
    'filing',
    'intake_item',
    'party',
    'track',
    'deadline',
    'case_event',
    'case_chain',
    'message',
    'evidence_file',
    'contact_route',
    'case_key_grant',
    'outbox_message',
    'notification',
  ];
  let house: House;
  let intake: Client;
  beforeAll(async () => {
    house = await startHouse();
    await fileEverything(house);
    await house.query('ANALYZE');
    const { rolePasswords } = JSON.parse(readFileSync(join(house.dataDir, 'secrets.json'), 'utf8')) as {
      rolePasswords: Record<string, string>;
    };
    const url = new URL(house.ownerUrl);
    url.username = 'recourse_intake';
    url.password = rolePasswords['recourse_intake'] ?? '';
    intake = new Client({ connectionString: url.href });
    await intake.connect();
  }, 180_000);
  afterAll(async () => {
    await intake.end();
    await house.stop();
  }, 60_000);

  it.each(tables)('no row of %s can be read, listed or counted', async (table) => {
    const [stored] = await house.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    expect(stored?.count).toBeGreaterThan(0);
    for (const wanted of [
      `SELECT * FROM ${table}`,
      `SELECT count(*) FROM ${table}`,
      `SELECT ctid FROM ${table}`,
      `EXPLAIN ANALYZE SELECT 1 FROM ${table}`,
    ]) {
      await expect(intake.query(wanted)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('the functions of the door give nothing without a receipt', async () => {
    const { rows } = await intake.query<{ name: string }>(
      `SELECT p.oid::regproc::text AS name FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'recourse\\_shown\\_%' AND p.pronargs = 0 AND p.proretset`,
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { name } of rows) expect((await intake.query(`SELECT * FROM ${name}()`)).rows).toEqual([]);
  });
});
