import {
  FileComplaint,
  FilingDesk,
  FilingSecrets,
  keepSecrets,
  OpenComplaintByReceipt,
  ReplaceSecrets,
  requireWorkerKey,
  VerifyRecord,
  type ReplaceSecretsInput,
} from '@recourse/cases';
import { inTransaction, lockFingerprints } from '@recourse/persistence';
import { freshInstitution, GIVEN_COMPLAINT, type Given, waitFor } from '@recourse/testing';
import { generateKeyPair, randomBytes } from '@recourse/vault';

const institution = freshInstitution();
let given: Given;
beforeEach(async () => {
  ({ given } = institution());
  await keepSecrets(given.intake, given.institution.secrets);
});

const withAddress = { ...GIVEN_COMPLAINT, contact: { email: 'ada@recourse.example', language: 'en', neutral: false } } as const;

function replace(over: Partial<ReplaceSecretsInput>) {
  return new ReplaceSecrets(given.owner).run({
    secrets: given.institution.secrets,
    workerPublicKey: given.institution.worker.publicKey,
    givesUpReceipts: false,
    givesUpAddresses: false,
    now: new Date(),
    ...over,
  });
}

const newSecrets = () => new FilingSecrets(randomBytes(32), randomBytes(32));
const nothingReplaced = { ok: true, replaced: [] };

async function said(): Promise<readonly unknown[]> {
  return given.owner.query(
    `SELECT payload->'secrets' AS secrets, staff_id, actor_kind FROM staff_event WHERE type = 'secrets_replaced' ORDER BY seq`,
  );
}

/** Whether a receipt opens its complaint at a door with these secrets. */
async function works(receipt: string, secrets: FilingSecrets): Promise<boolean> {
  const opened = await new OpenComplaintByReceipt(given.intake, secrets, given.institution.rules).run({ digits: receipt, now: new Date() });
  return opened.ok;
}

/** How many stand before a lock. */
async function waiting(): Promise<number> {
  const rows = await given.worker.query<unknown[]>(
    `SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows.length;
}

describe('other secrets than before', () => {
  it('are nothing to say when they are the same, or none is known yet', async () => {
    expect(await replace({})).toEqual(nothingReplaced);
    expect(await said()).toEqual([]);
  });

  it('give up no receipt and no address that nobody gave up', async () => {
    await given.filed({ complaint: withAddress });
    await given.filed();
    const other = { secrets: newSecrets(), workerPublicKey: generateKeyPair().publicKey };
    expect(await replace(other)).toEqual({ ok: false, code: 'would_lose', receipts: 2, addresses: 1 });
    expect(await replace({ ...other, givesUpReceipts: true })).toEqual({ ok: false, code: 'would_lose', receipts: 0, addresses: 1 });
    expect(await replace({ ...other, givesUpAddresses: true })).toEqual({ ok: false, code: 'would_lose', receipts: 2, addresses: 0 });
    await expect(keepSecrets(given.intake, given.institution.secrets)).resolves.toBeUndefined();
    expect(await said()).toEqual([]);
  });

  it('are those that intake starts with from then on, and it is in the record; the earlier ones can be meant again', async () => {
    const { secrets: earlier } = given.institution;
    const { receipt } = await given.filed();
    const later = newSecrets();
    expect(await replace({ secrets: later, givesUpReceipts: true })).toEqual({ ok: true, replaced: ['receipt_pepper', 'receipt_secret'] });
    await expect(keepSecrets(given.intake, later)).resolves.toBeUndefined();
    await expect(keepSecrets(given.intake, earlier)).rejects.toThrow('RECOURSE_RECEIPT_PEPPER');
    expect(await works(receipt, later)).toBe(false);
    const filed = await new FileComplaint(given.intake, later, new FilingDesk(given.intake, given.institution.rules)).run({
      idempotencyKey: '7d0f4e34-93bb-4f6b-9f43-0f1c9f6f1a11',
      channel: 'api',
      complaint: GIVEN_COMPLAINT,
      now: new Date(),
    });
    expect(filed.ok && (await works(filed.receipt, later))).toBe(true);
    expect(await replace({ secrets: earlier, givesUpReceipts: true })).toMatchObject({ ok: true });
    await expect(keepSecrets(given.intake, earlier)).resolves.toBeUndefined();
    expect(await works(receipt, earlier)).toBe(true);
    const event = { secrets: ['receipt_pepper', 'receipt_secret'], staff_id: null, actor_kind: 'operator' };
    expect(await said()).toEqual([event, event]);
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ ok: true });
  });

  it('cost nothing when only the receipt secret is another', async () => {
    const { receipt } = await given.filed();
    const later = new FilingSecrets(given.institution.secrets.pepper, randomBytes(32));
    expect(await replace({ secrets: later })).toEqual({ ok: true, replaced: ['receipt_secret'] });
    await expect(keepSecrets(given.intake, later)).resolves.toBeUndefined();
    expect(await works(receipt, later)).toBe(true);
  });

  it('of the worker leave no address in use that it cannot open, and new complaints seal to it', async () => {
    await given.filed({ complaint: withAddress });
    const { publicKey } = generateKeyPair();
    expect(await replace({ workerPublicKey: publicKey, givesUpAddresses: true })).toEqual({ ok: true, replaced: ['worker_key'] });
    expect(await given.owner.query('SELECT active FROM contact_route')).toEqual([{ active: false }]);
    expect(await requireWorkerKey(given.worker.manager, publicKey)).toBe(true);
    await expect(requireWorkerKey(given.worker.manager, given.institution.worker.publicKey)).rejects.toThrow('RECOURSE_WORKER_SECRET_KEY');
    expect((await new FilingDesk(given.intake, given.institution.rules).current()).workerPublicKey).toEqual(publicKey);
  });

  it('are said once, also by three operators at the same moment', async () => {
    const secrets = newSecrets();
    const { asked } = await inTransaction(given.owner, async (tx) => {
      await lockFingerprints(tx);
      const all = Promise.all([1, 2, 3].map(() => replace({ secrets })));
      await waitFor('all wait', async () => (await waiting()) === 3);
      return { asked: all };
    });
    const results = await asked;
    expect(results.filter((result) => result.ok && result.replaced.length === 0)).toHaveLength(2);
    expect(await said()).toHaveLength(1);
  });
});
