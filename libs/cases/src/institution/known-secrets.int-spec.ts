import { FilingSecrets, keepSecrets, requireWorkerKey } from '@recourse/cases';
import { inTransaction, keepFirstFingerprints } from '@recourse/persistence';
import { createTestDatabase, Given, type TestDatabase, waitFor } from '@recourse/testing';
import { generateKeyPair, randomBytes } from '@recourse/vault';
import { fingerprintsOf } from './known-secrets';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
}, 60_000);
afterEach(() => database.drop(), 60_000);

const newSecrets = () => new FilingSecrets(randomBytes(32), randomBytes(32));

async function kept(): Promise<readonly { kind: string; nth: number; fingerprint: Buffer }[]> {
  const owner = await database.dataSource('owner');
  return owner.query('SELECT kind, nth, fingerprint FROM secret_fingerprint ORDER BY kind, nth');
}

/** How many stand before a lock. */
async function waiting(): Promise<number> {
  const owner = await database.dataSource('owner');
  const rows = await owner.query<unknown[]>(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
  return rows.length;
}

describe('the secrets of the public door', () => {
  it('are kept at their first use, both, and known again', async () => {
    const intake = await database.dataSource('intake');
    const secrets = newSecrets();
    await keepSecrets(intake, secrets);
    expect(await kept()).toEqual([
      { kind: 'receipt_pepper', nth: 1, fingerprint: expect.any(Buffer) as unknown },
      { kind: 'receipt_secret', nth: 1, fingerprint: expect.any(Buffer) as unknown },
    ]);
    await keepSecrets(intake, secrets);
    expect(await kept()).toHaveLength(2);
  });

  it('are those of the first where several start at once: who has the same is let in, who has others is refused', async () => {
    const intake = await database.dataSource('intake');
    const first = newSecrets();
    const { started } = await inTransaction(await database.dataSource('owner'), async (tx) => {
      await keepFirstFingerprints(tx, fingerprintsOf(first));
      const all = Promise.allSettled([first, newSecrets()].map((secrets) => keepSecrets(intake, secrets)));
      await waitFor('both wait for the first', async () => (await waiting()) === 2);
      return { started: all };
    });
    expect(await started).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { message: expect.stringContaining('RECOURSE_RECEIPT_PEPPER') as unknown } },
    ]);
    expect(await kept()).toHaveLength(2);
  });

  it('are refused when one of them is another, with its name and what it would do, and nothing is kept', async () => {
    const intake = await database.dataSource('intake');
    const { pepper, receiptSecret } = newSecrets();
    await keepSecrets(intake, new FilingSecrets(pepper, receiptSecret));
    const before = await kept();
    for (const [secrets, problem] of [
      [new FilingSecrets(randomBytes(32), receiptSecret), /^RECOURSE_RECEIPT_PEPPER is another .* no receipt in it would work/],
      [new FilingSecrets(pepper, randomBytes(32)), /^RECOURSE_RECEIPT_SECRET is another .* would get a second receipt/],
      [new FilingSecrets(receiptSecret, pepper), /^RECOURSE_RECEIPT_PEPPER is another/],
    ] as const) {
      await expect(keepSecrets(intake, secrets)).rejects.toThrow(problem);
    }
    expect(await kept()).toEqual(before);
  });

  it('stand nowhere in it, and two that are the same do not look the same', async () => {
    const intake = await database.dataSource('intake');
    const one = randomBytes(32);
    await keepSecrets(intake, new FilingSecrets(one, one));
    const [pepper, receiptSecret] = (await kept()).map(({ fingerprint }) => fingerprint.toString('hex'));
    expect(new Set([pepper, receiptSecret, one.toString('hex')]).size).toBe(3);
  });

  it('are kept at the first start of a release that knows them, where complaints were filed before', async () => {
    const given = await Given.in(database);
    await given.filed();
    expect(await kept()).toEqual([]);
    await keepSecrets(given.intake, given.institution.secrets);
    await expect(keepSecrets(given.intake, newSecrets())).rejects.toThrow('no receipt in it would work');
  }, 60_000);

  it('are for intake to keep once and for nobody to change', async () => {
    const intake = await database.dataSource('intake');
    await keepSecrets(intake, newSecrets());
    const insert = (columns: string, values: string) => `INSERT INTO secret_fingerprint (${columns}) VALUES (${values})`;
    const bytes = `decode(repeat('07', 32), 'hex')`;
    for (const [sql, problem] of [
      [insert('kind, fingerprint', `'receipt_pepper', ${bytes}`), 'secret_fingerprint_pk'],
      [insert('kind, nth, fingerprint', `'receipt_pepper', 2, ${bytes}`), 'permission denied'],
      [`UPDATE secret_fingerprint SET fingerprint = ${bytes}`, 'permission denied'],
      ['DELETE FROM secret_fingerprint', 'permission denied'],
    ] as const) {
      await expect(intake.query(sql)).rejects.toThrow(problem);
    }
    for (const role of ['casework', 'worker'] as const) {
      await expect((await database.dataSource(role)).query('SELECT kind FROM secret_fingerprint')).rejects.toThrow('permission denied');
    }
    await expect((await database.dataSource('owner')).query('DELETE FROM secret_fingerprint')).rejects.toThrow('the record is append-only');
  });
});

describe('the key of the worker', () => {
  it('is asked for until there is one to compare with, and has to be that one', async () => {
    const worker = await database.dataSource('worker');
    const other = generateKeyPair().publicKey;
    expect(await requireWorkerKey(worker.manager, other)).toBe(false);
    const { institution } = await Given.in(database);
    expect(await requireWorkerKey(worker.manager, institution.worker.publicKey)).toBe(true);
    await expect(requireWorkerKey(worker.manager, other)).rejects.toThrow(
      /^RECOURSE_WORKER_SECRET_KEY is another .* no address for a nudge in it could be opened/,
    );
  }, 60_000);
});
