import { AdmitStaff, ListAccounts, ReadSignIns, VerifyRecord, type SignInResult } from '@recourse/cases';
import { deleteOldSignInLimits, inTransaction, listStaffEvents } from '@recourse/persistence';
import { createTestDatabase, Given, type GivenSignIn, signingIn, type TestDatabase } from '@recourse/testing';
import { ATTEMPTS_OF_STRANGERS } from './check-password';

let database: TestDatabase;
let given: Given;
let signIn: ReturnType<typeof signingIn>;
beforeEach(async () => {
  database = await createTestDatabase();
  given = await Given.in(database);
  signIn = signingIn(given.casework);
}, 60_000);
afterEach(() => database.drop(), 60_000);

const NOW = new Date('2026-03-02T09:00:00Z');
const REFUSED: SignInResult = { ok: false, code: 'sign_in_failed' };
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);
const at = (address: string, now = NOW): Omit<GivenSignIn, 'signInName'> => ({ from: { address }, now });

async function fail(times: number, over: Omit<GivenSignIn, 'signInName'>, signInName = 'officer'): Promise<void> {
  for (let attempt = 0; attempt < times; attempt += 1) {
    expect(await signIn({ signInName, password: `wrong ${attempt}`, ...over })).toEqual(REFUSED);
  }
}

/** What the device of somebody keeps after they signed in there. */
async function knownDevice(signInName: string, now = NOW): Promise<string> {
  const entered = await signIn({ signInName, now });
  return entered.ok ? entered.device : '';
}

async function recorded(type: string, staffId = given.institution.officer.staffId): Promise<readonly object[]> {
  return (await listStaffEvents(given.owner.manager, staffId)).filter((event) => event.type === type);
}

async function rows(sql: string, params: unknown[] = []): Promise<readonly object[]> {
  return given.owner.query<object[]>(sql, params);
}

describe('who guesses at an account', () => {
  it('waits after five failures, even with the right password, and is let in afterwards', async () => {
    await fail(5, at('192.0.2.1'));
    expect(await signIn({ signInName: 'officer', ...at('192.0.2.1') })).toEqual(REFUSED);
    expect(await signIn({ signInName: 'officer', ...at('192.0.2.1', new Date(NOW.getTime() + 61_000)) })).toMatchObject({ ok: true });
    expect(await signIn({ signInName: 'officer', ...at('192.0.2.1') })).toMatchObject({ ok: true });
  });

  it('makes nobody else wait: neither the owner elsewhere, nor on a device that is known, though it stands in the same network', async () => {
    const device = await knownDevice('officer');
    // As soon as the wait is over, the next attempt, for hours.
    await fail(5, at('192.0.2.1'));
    for (let minute = 15; minute <= 120; minute += 15) await fail(1, at('192.0.2.1', minutes(minute)));
    const later = minutes(121);
    expect(await signIn({ signInName: 'officer', ...at('192.0.2.1', later) })).toEqual(REFUSED);
    expect(await signIn({ signInName: 'officer', now: later, from: { address: '192.0.2.1', device } })).toMatchObject({ ok: true });
    expect(await signIn({ signInName: 'officer', ...at('192.0.2.2', later) })).toMatchObject({ ok: true });
  });

  it('from many places is slowed down for the account as a whole, without its owner on a known device', async () => {
    const device = await knownDevice('officer');
    for (let attempt = 0; attempt < ATTEMPTS_OF_STRANGERS; attempt += 1) await fail(1, at(`198.51.100.${attempt}`));
    expect(await signIn({ signInName: 'officer', ...at('203.0.113.9', minutes(59)) })).toEqual(REFUSED);
    expect(await signIn({ signInName: 'officer', now: minutes(59), from: { address: '198.51.100.1', device } })).toMatchObject({
      ok: true,
    });
    // Another account is not slowed down, and after the hour this one is not either.
    expect(await signIn({ signInName: 'director', ...at('203.0.113.9', minutes(59)) })).toMatchObject({ ok: true });
    expect(await signIn({ signInName: 'officer', ...at('203.0.113.9', minutes(60)) })).toMatchObject({ ok: true });
  }, 60_000);

  it('cannot keep out whom the operator lets in: whatever is counted against the account is forgotten, and of no other', async () => {
    for (let attempt = 0; attempt < ATTEMPTS_OF_STRANGERS; attempt += 1) await fail(1, at(`198.51.100.${attempt}`));
    await fail(5, at('192.0.2.1'), 'director');
    expect(await signIn({ signInName: 'officer', ...at('198.51.100.1', minutes(1)) })).toEqual(REFUSED);
    const admit = new AdmitStaff(given.owner);
    expect(await admit.run({ signInName: ' Officer ', now: minutes(2) })).toEqual({ ok: true, waited: true });
    expect(await signIn({ signInName: 'officer', ...at('198.51.100.1', minutes(2)) })).toMatchObject({ ok: true });
    expect(await signIn({ signInName: 'director', ...at('192.0.2.1') })).toEqual(REFUSED);
    const { officer } = given.institution;
    expect(await recorded('attempts_forgiven')).toMatchObject([
      { payload: { failures: ATTEMPTS_OF_STRANGERS }, actorKind: 'operator', actorId: null, occurredAt: minutes(2) },
    ]);
    // What the owner hears of it, and how often it had failed, stays.
    const { news } = await new ReadSignIns(given.casework).run({ actor: officer });
    expect(news.slice(0, 2)).toMatchObject([{ type: 'signed_in', failedBefore: ATTEMPTS_OF_STRANGERS }, { type: 'attempts_forgiven' }]);
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ ok: true });
  }, 60_000);

  it('is let in by nobody where there is nothing to forget, no such account or a closed one, and nothing is recorded', async () => {
    await fail(2, at('192.0.2.1'), 'nobody');
    const admit = (signInName: string) => new AdmitStaff(given.owner).run({ signInName, now: NOW });
    // A right password on a new device is nothing to forgive, either.
    expect(await signIn({ signInName: 'other.officer', ...at('203.0.113.77') })).toMatchObject({ ok: true });
    expect(
      await rows(`SELECT FROM sign_in_limit l JOIN staff_member m ON m.id = l.subject WHERE m.sign_in_name = 'other.officer'`),
    ).not.toEqual([]);
    const events = await rows('SELECT FROM staff_event');
    expect(await admit('other.officer')).toEqual({ ok: true, waited: false });
    expect(await admit('officer')).toEqual({ ok: true, waited: false });
    expect(await admit('nobody')).toEqual({ ok: false, code: 'unknown_account' });
    await given.owner.query(`UPDATE staff_member SET active = false WHERE sign_in_name = 'director'`);
    expect(await admit('director')).toEqual({ ok: false, code: 'account_closed' });
    expect(await rows('SELECT FROM staff_event')).toHaveLength(events.length);
  });

  it('with a copy of a known device waits too, and the owner does not', async () => {
    const stolen = await knownDevice('officer');
    const own = await knownDevice('officer');
    await fail(5, { now: NOW, from: { address: '198.51.100.1', device: stolen } });
    expect(await signIn({ signInName: 'officer', now: NOW, from: { address: '198.51.100.1', device: stolen } })).toEqual(REFUSED);
    expect(await signIn({ signInName: 'officer', now: NOW, from: { address: '192.0.2.1', device: own } })).toMatchObject({ ok: true });
  });

  it('does not have many attempts tried by making them at once', async () => {
    await Promise.all(Array.from({ length: 12 }, () => signIn({ signInName: 'officer', password: 'wrong', now: NOW })));
    expect(await rows(`SELECT failed_sign_ins AS failed FROM staff_member WHERE sign_in_name = 'officer'`)).toEqual([{ failed: 5 }]);
  }, 30_000);

  it('of names that do not exist leaves no name behind, no line in the record, and one count for all', async () => {
    const events = await rows('SELECT FROM staff_event');
    for (const name of ['nobody', 'no.one', 'ghost']) await fail(3, at('192.0.2.1'), name);
    expect(await rows('SELECT subject, failures FROM sign_in_limit ORDER BY failures')).toEqual(
      Array.from({ length: 2 }, () => ({ subject: '00000000-0000-0000-0000-000000000000', failures: 5 })),
    );
    expect(await rows('SELECT FROM staff_event')).toHaveLength(events.length);
    // Who is known in that place by the name of somebody who exists is not made to wait by it.
    expect(await signIn({ signInName: 'officer', ...at('192.0.2.1') })).toMatchObject({ ok: true });
  });
});

describe('what is recorded', () => {
  it('is each sign-in, on what kind of device, and how often it had failed before', async () => {
    const device = await knownDevice('officer');
    await fail(2, at('192.0.2.1'));
    await signIn({ signInName: 'officer', now: NOW, happenedAt: minutes(7), from: { address: '192.0.2.1', device } });
    const { officer } = given.institution;
    expect(await recorded('signed_in')).toMatchObject([
      { payload: { device: 'new', failedBefore: 0 }, actorKind: 'staff', actorId: officer.staffId, occurredAt: NOW },
      { payload: { device: 'known', failedBefore: 2 }, occurredAt: minutes(7) },
    ]);
    const view = await new ReadSignIns(given.casework).run({ actor: officer });
    expect(view).toMatchObject({
      failedSince: 0,
      news: [{ type: 'signed_in', device: 'known', failedBefore: 2 }, { type: 'signed_in', device: 'new' }, { type: 'key_unlocked' }],
    });
  });

  it('is once an hour that attempts failed, however many there are and wherever they come from', async () => {
    await fail(4, at('192.0.2.1'));
    expect(await recorded('sign_ins_failed')).toEqual([]);
    await fail(1, at('192.0.2.1'));
    for (const address of ['192.0.2.2', '192.0.2.3', '192.0.2.4']) await fail(8, at(address, minutes(30)));
    expect(await recorded('sign_ins_failed')).toMatchObject([{ payload: { failures: 5 }, actorKind: 'system', actorId: null }]);
    await fail(8, at('192.0.2.5', minutes(60)));
    expect(await recorded('sign_ins_failed')).toMatchObject([{ payload: { failures: 5 } }, { payload: { failures: 25 } }]);
    const { officer, administrator } = given.institution;
    expect(await new ReadSignIns(given.casework).run({ actor: officer })).toMatchObject({
      failedSince: 25,
      news: [{ type: 'sign_ins_failed', failures: 25 }, { type: 'sign_ins_failed', failures: 5 }, { type: 'key_unlocked' }],
    });
    const accounts = await new ListAccounts(given.casework).run({ actor: administrator });
    expect(accounts.map(({ signInName, failedSince, lastTriedAt }) => [signInName, failedSince, lastTriedAt])).toContainEqual([
      'officer',
      25,
      minutes(60),
    ]);
    expect(await new ListAccounts(given.casework).run({ actor: officer })).toEqual([]);
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ ok: true });
  });

  it('is not that the fifth attempt was right', async () => {
    await fail(4, at('192.0.2.1'));
    expect(await signIn({ signInName: 'officer', ...at('192.0.2.1') })).toMatchObject({ ok: true });
    expect([await recorded('sign_ins_failed'), (await recorded('signed_in')).length]).toEqual([[], 1]);
  });
});

describe('what is counted', () => {
  it('is swept a day after the last attempt, by the worker, and holds no address', async () => {
    await fail(2, at('192.0.2.77'));
    const stored = JSON.stringify(
      await rows(`SELECT encode(origin, 'hex') AS origin, encode(origin, 'escape') AS text FROM sign_in_limit`),
    );
    expect(stored).not.toMatch(/192\.0\.2\.77|c000024d/);
    const sweep = (now: Date) => inTransaction(given.worker, (tx) => deleteOldSignInLimits(tx, now));
    expect([await sweep(NOW), await sweep(minutes(1)), await sweep(minutes(1))]).toEqual([0, 2, 0]);
    await expect(given.worker.query('SELECT subject FROM sign_in_limit')).rejects.toThrow('permission denied');
  });
});
