import { ReadSession, SignOut } from '@recourse/cases';
import { Given, GIVEN_PASSWORD, signingIn, testDatabase } from '@recourse/testing';

const database = testDatabase();
let given: Given;
let signIn: ReturnType<typeof signingIn>;

beforeAll(async () => {
  given = await Given.in(database);
  signIn = signingIn(given.casework);
}, 60_000);

const REFUSED = { ok: false, code: 'sign_in_failed' };

describe('signing in', () => {
  it('gives a session that opens the person’s key and ends when it should', async () => {
    const now = new Date();
    const signedIn = await signIn({ signInName: ' Officer ', password: GIVEN_PASSWORD, now });
    if (!signedIn.ok) throw new Error('not signed in');
    const read = new ReadSession(given.casework);
    const session = await read.run({ token: signedIn.token, now });
    expect(session).toMatchObject({ ok: true, actor: { signInName: 'officer', teams: [{ code: 'desk' }] } });
    const [stored] = await given.owner.query<{ key: Buffer }[]>(
      `SELECT public_key AS key FROM staff_member WHERE sign_in_name = 'officer'`,
    );
    expect(session.ok && session.actor.keyPair.publicKey).toEqual(stored?.key);
    expect(await read.run({ token: signedIn.token, now: signedIn.expiresAt })).toEqual({ ok: false, code: 'not_signed_in' });
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
    expect(await new ReadSession(given.casework).run({ token, now })).toEqual({ ok: false, code: 'not_signed_in' });
  });
});
