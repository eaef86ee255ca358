import { RuleBook, VerifyRecord } from '@recourse/cases';
import { Given, tampered, testDatabase } from '@recourse/testing';

const database = testDatabase();
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

const procedureId = async (): Promise<string> => {
  const [row] = await given.owner.query<{ id: string }[]>(`SELECT id FROM procedure_version WHERE procedure = 'remedy'`);
  return row?.id ?? '';
};
const read = async () => new RuleBook().procedure(given.owner.manager, await procedureId());

describe('what is published', () => {
  it.each([
    `UPDATE procedure_version SET document = replace(document, 'working_days', 'days')`,
    'DELETE FROM procedure_version',
    `UPDATE calendar_version SET published_at = now()`,
    'DELETE FROM calendar_version',
    'TRUNCATE calendar_version',
  ])('is never changed, by the owner either: %s', async (sql) => {
    await expect(given.owner.query(sql)).rejects.toThrow('the record is append-only');
    await expect(given.owner.query(`SET session_replication_role = replica; ${sql}`)).rejects.toThrow('the record is append-only');
  });

  it('holds as it was published: procedures, and calendars with their days as PostgreSQL keeps them', async () => {
    await expect(read()).resolves.toMatchObject({ procedure: 'remedy' });
    const { ok, rules } = await new VerifyRecord(given.owner).run();
    const [row] = await given.owner.query<{ count: number }[]>(
      'SELECT ((SELECT count(*) FROM procedure_version) + (SELECT count(*) FROM calendar_version))::int AS count',
    );
    expect([ok, rules]).toEqual([true, { versions: row?.count, changed: [] }]);
    expect(row?.count).toBeGreaterThanOrEqual(3);
  });

  it('is not gone by when the text of a procedure was changed all the same, and the record says which', async () => {
    await tampered(
      given.owner,
      'procedure_version',
      `UPDATE procedure_version SET document = replace(document, '5 working_days', '50 working_days') WHERE procedure = 'remedy'`,
      async () => {
        await expect(read()).rejects.toThrow('remedy, version 1, is not what was published');
        expect(await new VerifyRecord(given.owner).run()).toMatchObject({
          ok: false,
          breaks: [],
          rules: { changed: [{ kind: 'procedure', code: 'remedy', version: 1 }] },
        });
      },
    );
    await expect(read()).resolves.toMatchObject({ procedure: 'remedy' });
  });

  it.each([
    ['the text', `document = document || '# later'`],
    ['the days', `resolved = jsonb_set(resolved, '{days,0,date}', '"2031-01-01"')`],
    ['what the days are', `resolved = jsonb_set(resolved, '{calendar,timeZone}', 'true')`],
  ])('is not gone by when %s of a calendar was changed all the same, and the record says which', async (_, change) => {
    await tampered(given.owner, 'calendar_version', `UPDATE calendar_version SET ${change} WHERE calendar = 'geneva'`, async () => {
      await expect(read()).rejects.toThrow('geneva, version 1, is not what was published');
      await expect(new RuleBook().calendarVersion(given.owner.manager, 'geneva', 1)).rejects.toThrow('geneva, version 1, is not');
      expect(await new VerifyRecord(given.owner).run()).toMatchObject({
        ok: false,
        rules: { changed: [{ kind: 'calendar', code: 'geneva', version: 1 }] },
      });
    });
  });
});
