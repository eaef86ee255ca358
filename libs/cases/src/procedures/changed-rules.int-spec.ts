import { FilingDesk, PublishCalendar, PublishProcedure, RecomputeClocks, RuleBook, VerifyRecord } from '@recourse/cases';
import { NO_HOLIDAY_SOURCE } from '@recourse/domain';
import { Given, remedyText, tampered, testDatabase } from '@recourse/testing';

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

describe('a row of what is published that was put under another name', () => {
  const database = testDatabase();
  const NOW = new Date('2026-03-02T07:00:00Z');
  let moved: Given;
  let versions: readonly { readonly id: string; readonly version: number }[];
  beforeAll(async () => {
    moved = await Given.in(database, NOW);
    const text = 'calendar: geneva\ntitle: { en: Geneva }\ntimeZone: Europe/Zurich\nweekend: [saturday, sunday]\n';
    const calendar = { text, fileName: 'geneva.yaml', holidays: NO_HOLIDAY_SOURCE, replaces: 1, now: NOW };
    const document = {
      text: (await remedyText()).replace('version: 1', 'version: 2'),
      fileName: 'remedy.yaml',
      staffing: 'to_come',
      now: NOW,
    } as const;
    const published = [
      await new PublishCalendar(moved.owner).run(calendar),
      await new PublishProcedure(moved.owner, new RuleBook()).run(document),
    ];
    if (published.some(({ ok }) => !ok)) throw new Error(JSON.stringify(published));
    await moved.filed({ now: NOW });
    await new RecomputeClocks(moved.worker, new RuleBook()).run({ now: NOW });
    versions = await moved.owner.query(`SELECT id, version FROM procedure_version WHERE procedure = 'remedy' ORDER BY version`);
  }, 60_000);

  const gone = async (version: number, rules = new RuleBook()) =>
    moved.owner.transaction((tx) => rules.procedure(tx, versions.find((one) => one.version === version)?.id ?? ''));
  const told = async () => {
    const { ok, rules } = await new VerifyRecord(moved.owner).run();
    return { ok, changed: rules?.changed };
  };
  const calendar = (code: string, version: number, fault: string) => ({ kind: 'calendar', code, version, fault });

  it.each([
    [
      'another calendar becomes the latest version',
      `SET calendar = 'geneva', version = 3 WHERE calendar = 'gulf'`,
      'geneva, version 3, is not what was published',
      [{ ...calendar('geneva', 3, 'place'), says: { code: 'gulf' } }],
    ],
    [
      'another calendar takes its place',
      `SET calendar = CASE calendar WHEN 'gulf' THEN 'geneva' ELSE 'gulf' END, version = version + 10`,
      'geneva, version 1, is missing',
      [
        { ...calendar('geneva', 11, 'place'), says: { code: 'gulf' } },
        { ...calendar('gulf', 11, 'place'), says: { code: 'geneva' } },
        { ...calendar('gulf', 12, 'place'), says: { code: 'geneva' } },
        calendar('geneva', 1, 'missing'),
        calendar('gulf', 1, 'missing'),
        calendar('geneva', 2, 'missing'),
      ],
    ],
    [
      'the latest version goes to another calendar',
      `SET calendar = 'gulf' WHERE calendar = 'geneva' AND version = 2`,
      'geneva, is stored under another name',
      [{ ...calendar('gulf', 2, 'place'), says: { code: 'geneva' } }, calendar('geneva', 2, 'missing')],
    ],
    [
      'the latest version is damaged and goes nowhere',
      `SET calendar = 'genevx', document = document || '# x' WHERE calendar = 'geneva' AND version = 2`,
      'geneva, is stored under another name',
      [{ ...calendar('genevx', 2, 'place'), says: { code: 'geneva' } }, calendar('genevx', 1, 'missing'), calendar('geneva', 2, 'missing')],
    ],
    [
      'its document alone still says what it was',
      `SET calendar = 'genevx', version = 1, resolved = jsonb_set(resolved, '{calendar,code}', '"genevx"') WHERE calendar = 'geneva' AND version = 2`,
      'geneva, is stored under another name',
      [calendar('genevx', 1, 'content'), calendar('geneva', 2, 'missing')],
    ],
    [
      'nothing of it is left under its name, and nothing says what it was',
      `SET calendar = 'genevx', document = 'x', resolved = jsonb_set(resolved, '{calendar,code}', '"genevx"') WHERE calendar = 'geneva'`,
      'geneva, is missing',
      [
        calendar('genevx', 1, 'content'),
        calendar('genevx', 2, 'content'),
        calendar('geneva', 2, 'missing'),
        calendar('geneva', 1, 'missing'),
      ],
    ],
    [
      'it gets another number',
      `SET version = 4 WHERE calendar = 'geneva' AND version = 2`,
      'geneva, version 2, is missing',
      [calendar('geneva', 2, 'missing')],
    ],
  ])('is not gone by when %s, and the record says which', async (_, change, refusal, changed) => {
    // One that has read everything, and one that has read nothing.
    const running = new RuleBook();
    await gone(1, running);
    await tampered(moved.owner, 'calendar_version', `UPDATE calendar_version ${change}`, async () => {
      await expect(gone(1, running)).rejects.toThrow(refusal);
      await expect(gone(1)).rejects.toThrow(refusal);
      await expect(new FilingDesk(moved.intake, new RuleBook()).current()).rejects.toThrow(refusal);
      expect(await told()).toEqual({ ok: false, changed });
    });
    await expect(gone(1)).resolves.toMatchObject({ version: 1 });
    await expect(gone(1, running)).resolves.toMatchObject({ version: 1 });
    expect(await told()).toEqual({ ok: true, changed: [] });
  });

  it('and the last version of a calendar is not lost in silence: a clock was counted by it', async () => {
    await tampered(moved.owner, 'calendar_version', `DELETE FROM calendar_version WHERE calendar = 'geneva' AND version = 2`, async () => {
      expect(await told()).toEqual({ ok: false, changed: [calendar('geneva', 2, 'missing')] });
    });
  });

  it('stops no calendar that has nothing to do with it', async () => {
    const sound = async (rules: RuleBook) => [...(await moved.owner.transaction((tx) => rules.calendarsIn(tx))).keys()];
    await tampered(moved.owner, 'calendar_version', `UPDATE calendar_version SET calendar = 'gulfx' WHERE calendar = 'gulf'`, async () => {
      const rules = new RuleBook();
      expect(await sound(rules)).toEqual(['geneva']);
      await expect(gone(1, rules)).resolves.toMatchObject({ version: 1 });
      await expect(rules.refuseDamaged(moved.owner.manager, ['geneva', 'gulf'])).rejects.toThrow('gulf, is stored under another name');
      expect(await told()).toEqual({ ok: false, changed: [{ ...calendar('gulfx', 1, 'place'), says: { code: 'gulf' } }] });
    });
    expect(await sound(new RuleBook())).toEqual(['geneva', 'gulf']);
  });

  it.each([
    ['another number', `SET version = 3 WHERE version = 2`, 'remedy, version 3, is not', { code: 'remedy', version: 3 }],
    ['another code', `SET procedure = 'other' WHERE version = 2`, 'other, version 2, is not', { code: 'other', version: 2 }],
  ])('is not gone by when a procedure gets %s, and no complaint begins on an older one', async (_, change, refusal, name) => {
    const running = new RuleBook();
    await gone(2, running);
    await tampered(moved.owner, 'procedure_version', `UPDATE procedure_version ${change}`, async () => {
      await expect(gone(2)).rejects.toThrow(refusal);
      await expect(gone(1)).resolves.toMatchObject({ version: 1 });
      for (const rules of [running, new RuleBook()]) {
        await expect(new FilingDesk(moved.intake, rules).current()).rejects.toThrow(refusal);
      }
      const says = { code: 'remedy', version: 2 };
      expect(await told()).toEqual({ ok: false, changed: [{ kind: 'procedure', ...name, fault: 'place', says }] });
    });
    await expect(new FilingDesk(moved.intake, new RuleBook()).current()).resolves.toMatchObject({ procedure: { version: 2 } });
  });
});
