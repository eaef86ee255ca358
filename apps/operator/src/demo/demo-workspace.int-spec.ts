import { FilingSecrets, OpenCase, OpenComplaintByReceipt, UnlockStaff, VerifyRecord } from '@recourse/cases';
import { isDemo, requireNoDemo } from '@recourse/persistence';
import { givenRules, testDatabase } from '@recourse/testing';
import { generateKeyPair, randomBytes } from '@recourse/vault';
import { DEMO_PEOPLE } from './demo-people';
import type { DemoSurroundings, LiveCase } from './demo-surroundings';
import { DemoWorkspace } from './demo-workspace';

const database = testDatabase();
const now = new Date();
const worker = generateKeyPair();
let surroundings: DemoSurroundings;
let cases: ReadonlyMap<string, LiveCase>;

beforeAll(async () => {
  surroundings = {
    owner: await database.dataSource('owner'),
    intake: await database.dataSource('intake'),
    casework: await database.dataSource('casework'),
    worker: await database.dataSource('worker'),
    rules: await givenRules(),
    secrets: new FilingSecrets(randomBytes(32), randomBytes(32)),
    now,
  };
  cases = await new DemoWorkspace(surroundings).make(worker.publicKey);
}, 120_000);

/** What the owner sees of every track, by the code of the demo complaint. */
async function stages(): Promise<Record<string, string>> {
  const rows = await surroundings.owner.query<{ reference: string; stage: string }[]>(
    'SELECT c.reference, t.stage FROM case_file c JOIN track t ON t.case_id = c.id',
  );
  const codes = new Map([...cases].map(([code, { reference }]) => [reference, code]));
  return Object.fromEntries(rows.map(({ reference, stage }) => [codes.get(reference) ?? reference, stage]));
}

describe('the demo workspace', () => {
  it('has a complaint in every stage that matters', async () => {
    expect(await stages()).toEqual({
      'ferry-landing': 'closed',
      'cameras-over-the-springs': 'agreed',
      'night-bonus': 'company_engaged',
      'complaints-box': 'admissible',
      'forest-path-dogs': 'screening',
      'wrong-face': 'refused_and_referred',
      'locked-in-the-store': 'received',
      'water-queue': 'waiting_for_information',
      'two-registers': 'acknowledged',
      'kept-papers': 'received',
    });
  });

  it('has one clock that ran out and climbed the ladder, and some that are due soon', async () => {
    const [row] = await surroundings.owner.query<{ escalated: number; soon: number }[]>(
      `SELECT (SELECT count(DISTINCT case_id)::int FROM case_event WHERE type = 'clock_escalated') AS escalated,
              (SELECT count(*)::int FROM track WHERE closed_at IS NULL AND next_due_at BETWEEN $1 AND $1 + interval '8 days') AS soon`,
      [now],
    );
    expect(row?.escalated).toBeGreaterThanOrEqual(1);
    expect(row?.soon).toBeGreaterThanOrEqual(1);
  });

  it('changes nothing when it is made again, and gives the same receipts', async () => {
    const counts = (): Promise<unknown> =>
      surroundings.owner.query(
        `SELECT (SELECT count(*) FROM case_file) AS cases, (SELECT count(*) FROM case_event) AS events,
                (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM staff_member) AS staff`,
      );
    const before = await counts();
    const again = await new DemoWorkspace({ ...surroundings, now: new Date() }).make(worker.publicKey);
    expect(again).toEqual(cases);
    expect(await counts()).toEqual(before);
  }, 60_000);

  it('opens with the printed sign-ins and receipts, and its record holds', async () => {
    const live = cases.get('forest-path-dogs');
    const visit = await new OpenComplaintByReceipt(surroundings.intake, surroundings.secrets, surroundings.rules).run({
      digits: live?.receipt ?? '',
      now: new Date(),
    });
    expect(visit).toMatchObject({ ok: true, view: { reference: live?.reference } });
    for (const { signInName, password, role } of DEMO_PEOPLE) {
      const unlocked = await new UnlockStaff(surroundings.owner).run({ signInName, password, now: new Date() });
      const opened =
        unlocked.ok &&
        (await new OpenCase(surroundings.casework, surroundings.rules).run({
          actor: unlocked.actor,
          reference: live?.reference ?? '',
          now: new Date(),
        }));
      // An administrator comes in and sees no case.
      expect(opened).toMatchObject(role === 'administrator' ? { ok: false, code: 'not_found' } : { ok: true });
    }
    expect(DEMO_PEOPLE.map(({ role }) => role)).toContain('administrator');
    expect(await new VerifyRecord(surroundings.owner).run()).toMatchObject({ ok: true, cases: 10 });
  }, 60_000);

  it('is not gone on with under other secrets, which would file every complaint anew', async () => {
    const secrets = new FilingSecrets(randomBytes(32), surroundings.secrets.receiptSecret);
    await expect(new DemoWorkspace({ ...surroundings, secrets }).make(worker.publicKey)).rejects.toThrow(
      'RECOURSE_RECEIPT_PEPPER is another',
    );
    expect(await surroundings.owner.query('SELECT FROM case_file')).toHaveLength(10);
  });

  it('is marked for ever, and nothing of it runs in production', async () => {
    const { manager } = surroundings.intake;
    expect(await isDemo(manager)).toBe(true);
    await expect(requireNoDemo(manager, 'production')).rejects.toThrow('RECOURSE_MODE is production');
    await expect(requireNoDemo(manager, 'development')).resolves.toBeUndefined();
    await expect(surroundings.owner.query('DELETE FROM demo_mark')).rejects.toThrow('the record is append-only');
  });

  it('leaves no mail of the past to be sent', async () => {
    const rows = await surroundings.owner.query(`SELECT id FROM outbox_message WHERE done_at IS NULL AND created_at < $1`, [
      new Date(now.getTime() - 24 * 3_600_000),
    ]);
    expect(rows).toEqual([]);
  });
});
