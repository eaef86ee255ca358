import { randomUUID } from 'node:crypto';

import { Given, GIVEN_COMPLAINT, testDatabase } from '@recourse/testing';

const database = testDatabase();
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

/** How many rows a table has, as the owner. */
async function count(table: string): Promise<number> {
  const [row] = await given.owner.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`);
  return row?.n ?? -1;
}

describe('filing a complaint', () => {
  it('makes one case with a reference, a receipt and everything that belongs to it', async () => {
    const { reference, receipt } = await given.filed();
    expect(reference).toMatch(/^RC-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(receipt).toMatch(/^\d{24}$/);
    const rows = await given.owner.query<unknown[]>(
      `SELECT (SELECT count(*)::int FROM case_key_grant g WHERE g.case_id = c.id) AS grants,
              (SELECT array_agg(p.role ORDER BY p.role) FROM party p WHERE p.case_id = c.id) AS parties,
              (SELECT array_agg(t.stage) FROM track t WHERE t.case_id = c.id) AS stages,
              (SELECT array_agg(d.kind) FROM deadline d WHERE d.case_id = c.id) AS clocks,
              (SELECT array_agg(e.type ORDER BY e.seq) FROM case_event e WHERE e.case_id = c.id) AS events,
              (SELECT array_agg(o.topic ORDER BY o.topic) FROM outbox_message o WHERE o.payload->>'caseId' = c.id::text) AS topics
       FROM case_file c WHERE c.reference = $1`,
      [reference],
    );
    expect(rows).toEqual([
      {
        grants: 3,
        parties: ['complainant', 'respondent'],
        stages: ['received'],
        clocks: ['acknowledge'],
        events: ['complaint_received', 'case_opened', 'clock_started'],
        topics: ['complaint_filed'],
      },
    ]);
  });

  it('gives the same receipt and one case for the same key, also when it comes sixteen times at once', async () => {
    const before = await count('case_file');
    const file = given.fileComplaint();
    const input = { idempotencyKey: randomUUID(), channel: 'web_form', complaint: GIVEN_COMPLAINT, now: new Date() } as const;
    const answers = await Promise.all(Array.from({ length: 16 }, () => file.run(input)));
    const spelt = await file.run({ ...input, idempotencyKey: input.idempotencyKey.toUpperCase() });
    expect(answers.filter((answer) => answer.ok && !answer.repeated)).toHaveLength(1);
    expect(spelt).toMatchObject({ ok: true, repeated: true });
    expect(new Set([...answers, spelt].map((answer) => answer.ok && `${answer.reference} ${answer.receipt}`)).size).toBe(1);
    expect(await count('case_file')).toBe(before + 1);
  });

  it('refuses the same key with another body, and a key that is easy to guess', async () => {
    const file = given.fileComplaint();
    const input = { idempotencyKey: randomUUID(), channel: 'api', complaint: GIVEN_COMPLAINT, now: new Date() } as const;
    await file.run(input);
    const other = { ...input, complaint: { ...GIVEN_COMPLAINT, narrative: 'Something else.' } };
    expect(await file.run(other)).toEqual({ ok: false, code: 'key_reused_with_other_body' });
    expect(await file.run({ ...input, idempotencyKey: '1' })).toEqual({ ok: false, code: 'key_not_a_uuid' });
  });

  it('files many different complaints at once without losing or mixing one', async () => {
    const before = await count('case_file');
    const filed = await Promise.all(Array.from({ length: 40 }, () => given.filed()));
    expect(new Set(filed.map(({ reference }) => reference)).size).toBe(40);
    expect(new Set(filed.map(({ receipt }) => receipt)).size).toBe(40);
    expect(await count('case_file')).toBe(before + 40);
  });

  it('stores nothing at all when the transaction fails half-way', async () => {
    const before = await Promise.all(['case_file', 'receipt', 'track', 'case_event', 'outbox_message'].map(count));
    await given.owner.query(`ALTER TABLE outbox_message ADD CONSTRAINT broken_ck CHECK (topic <> 'complaint_filed') NOT VALID`);
    try {
      await expect(given.filed()).rejects.toThrow();
    } finally {
      await given.owner.query('ALTER TABLE outbox_message DROP CONSTRAINT broken_ck');
    }
    expect(await Promise.all(['case_file', 'receipt', 'track', 'case_event', 'outbox_message'].map(count))).toEqual(before);
  });

  it('keeps nothing that was typed readable', async () => {
    const secret = 'zebra crossing at the mill';
    await given.filed({
      complaint: {
        ...GIVEN_COMPLAINT,
        narrative: secret,
        place: secret,
        companyDescription: secret,
        affected: secret,
        anonymity: 'open',
        name: secret,
        contact: { email: 'zebra.crossing@mail.example', neutral: true },
      },
    });
    const tables = await given.owner.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    for (const { name } of tables) {
      const rows = await given.owner.query<{ row: string }[]>(`SELECT t::text AS row FROM ${name} t`);
      const dump = rows.map(({ row }) => row).join('\n');
      for (const form of [secret, 'zebra.crossing', Buffer.from(secret).toString('hex'), Buffer.from('zebra.crossing').toString('hex')]) {
        expect(dump.includes(form)).toBe(false);
      }
    }
  });
});
