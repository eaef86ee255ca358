import { ReadSession, SessionRules, SignOut } from '@recourse/cases';
import { inTransaction, wipeIdleSessions } from '@recourse/persistence';
import { Given, GIVEN_PASSWORD, signingIn, testDatabase } from '@recourse/testing';

const database = testDatabase();
let given: Given;
let signIn: ReturnType<typeof signingIn>;

beforeAll(async () => {
  given = await Given.in(database);
  signIn = signingIn(given.casework, RULES);
}, 60_000);

const RULES = new SessionRules(10, 30);
const REFUSED = { ok: false, code: 'sign_in_failed' };

describe('signing in', () => {
  it('gives a session that opens the person’s key and ends when it should', async () => {
    const now = new Date();
    const signedIn = await signIn({ signInName: ' Officer ', password: GIVEN_PASSWORD, now });
    if (!signedIn.ok) throw new Error('not signed in');
    const read = new ReadSession(given.casework, RULES);
    const session = await read.run({ token: signedIn.token, now });
    expect(session).toMatchObject({ ok: true, actor: { signInName: 'officer', teams: [{ code: 'desk' }] } });
    const [stored] = await given.owner.query<{ key: Buffer }[]>(
      `SELECT public_key AS key FROM staff_member WHERE sign_in_name = 'officer'`,
    );
    expect(session.ok && session.actor.keyPair.publicKey).toEqual(stored?.key);
    expect(await read.run({ token: 'x', now })).toEqual({ ok: false, code: 'not_signed_in' });
    await new SignOut(given.casework).run({ token: signedIn.token });
    expect(await read.run({ token: signedIn.token, now })).toEqual({ ok: false, code: 'not_signed_in' });
  });

  it('shows no key when the person is printed', async () => {
    const signedIn = await signIn({ signInName: 'officer', password: GIVEN_PASSWORD, now: new Date() });
    const actor = signedIn.ok ? signedIn.actor : undefined;
    expect(JSON.stringify(actor)).not.toMatch(/key/i);
    expect(actor?.keyPair.secretKey).toHaveLength(32);
  });

  it('gives the same refusal for a wrong name, a wrong password and a closed account', async () => {
    const now = new Date();
    expect(await signIn({ signInName: 'nobody', password: GIVEN_PASSWORD, now })).toEqual(REFUSED);
    expect(await signIn({ signInName: 'director', password: 'wrong', now })).toEqual(REFUSED);
    await given.owner.query(`UPDATE staff_member SET active = false WHERE sign_in_name = 'administrator'`);
    expect(await signIn({ signInName: 'administrator', password: GIVEN_PASSWORD, now })).toEqual(REFUSED);
  });

  it('ends the sessions of an account that is closed', async () => {
    const now = new Date();
    const signedIn = await signIn({ signInName: 'director', password: GIVEN_PASSWORD, now });
    await given.owner.query(`UPDATE staff_member SET active = false WHERE sign_in_name = 'director'`);
    const token = signedIn.ok ? signedIn.token : '';
    expect(await new ReadSession(given.casework, RULES).run({ token, now })).toEqual({ ok: false, code: 'not_signed_in' });
  });
});

describe('a session', () => {
  const NOW = new Date('2026-03-02T09:00:00Z');
  const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);
  const signedInAt = async (now: Date): Promise<string> => {
    const entered = await signIn({ signInName: 'officer', now });
    return entered.ok ? entered.token : '';
  };
  const read = (token: string, now: Date) => new ReadSession(given.casework, RULES).run({ token, now });
  const over = () => ({ ok: false, code: 'over' });
  const keys = async (): Promise<readonly object[]> =>
    given.owner.query<object[]>('SELECT wiped_at AS at, sealed_secret_key IS NOT NULL AS "hasKey", idle_at AS "idleAt" FROM staff_session');
  beforeEach(() => given.owner.query('DELETE FROM staff_session'));

  it('goes on while something is asked for, until its time is up', async () => {
    const token = await signedInAt(NOW);
    for (let minute = 29; minute < 600; minute += 29) expect(await read(token, minutes(minute))).toMatchObject({ ok: true });
    expect(await read(token, minutes(599))).toMatchObject({ ok: true });
    expect(await read(token, minutes(600))).toEqual(over());
    expect(await keys()).toMatchObject([{ hasKey: false }]);
  });

  it('is over when nothing was asked for, loses its key then, and does not come back', async () => {
    const token = await signedInAt(NOW);
    expect(await read(token, minutes(30))).toEqual(over());
    expect(await keys()).toMatchObject([{ at: minutes(30), hasKey: false }]);
    expect([await read(token, minutes(29)), await read(token, NOW)]).toEqual([over(), over()]);
  });

  it('loses its key without a request too: the worker wipes it, and nothing else of it', async () => {
    const [left, used] = [await signedInAt(NOW), await signedInAt(NOW)];
    await read(used, minutes(20));
    const wipe = (now: Date) => inTransaction(given.worker, (tx) => wipeIdleSessions(tx, now));
    expect([await wipe(minutes(29)), await wipe(minutes(30)), await wipe(minutes(31))]).toEqual([0, 1, 0]);
    expect([await read(left, minutes(31)), await read(used, minutes(31))]).toMatchObject([over(), { ok: true }]);
    await expect(given.worker.query('SELECT sealed_secret_key FROM staff_session')).rejects.toThrow('permission denied');
    await expect(given.worker.query('UPDATE staff_session SET idle_at = now()')).rejects.toThrow('permission denied');
  });

  it('is put off once a minute at most', async () => {
    const token = await signedInAt(NOW);
    await read(token, new Date(NOW.getTime() + 59_000));
    expect(await keys()).toMatchObject([{ idleAt: minutes(30) }]);
    await read(token, minutes(1));
    expect(await keys()).toMatchObject([{ idleAt: minutes(31) }]);
  });

  it('leaves no key in memory once the request is answered', async () => {
    const session = await read(await signedInAt(NOW), NOW);
    if (!session.ok) throw new Error('not signed in');
    session.actor.forgetKey();
    expect(session.actor.keyPair.secretKey).toEqual(Buffer.alloc(32));
  });
});
