import { ChangePassword, OpenCase, ReadSession, SessionRules, type ChangePasswordResult, type SignInResult } from '@recourse/cases';
import { listStaffEvents } from '@recourse/persistence';
import { GIVEN_COMPLAINT, GIVEN_PASSWORD, Given, TEST_PASSWORD_COST, testDatabase, signingIn } from '@recourse/testing';
import { STANDARD_PASSWORD_COST } from '@recourse/vault';

const database = testDatabase();
const rules = new SessionRules(10, 30);
const NEW_PASSWORD = 'nine violet umbrellas in the rain';
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

type Who = 'officer' | 'otherOfficer' | 'supervisor' | 'director' | 'administrator';

function change(who: Who, newPassword: string, currentPassword = GIVEN_PASSWORD, now = new Date()): Promise<ChangePasswordResult> {
  const actor = given.institution[who];
  return new ChangePassword(given.casework, rules).run({ actor, currentPassword, newPassword, now, happenedAt: now });
}

function signIn(who: Who, password: string, now = new Date()): Promise<SignInResult> {
  return signingIn(given.casework, rules)({ signInName: given.institution[who].signInName, password, now });
}

async function isAlive(token: string): Promise<boolean> {
  return (await new ReadSession(given.casework, rules).run({ token, now: new Date() })).ok;
}

const REFUSED = { ok: false, code: 'sign_in_failed' };

describe('changing one’s password', () => {
  it('lets the new one in and no longer the old, and what was sealed before still opens', async () => {
    const { reference } = await given.filed();
    expect(await change('officer', NEW_PASSWORD)).toMatchObject({ ok: true });
    expect(await signIn('officer', GIVEN_PASSWORD)).toEqual(REFUSED);
    const entered = await signIn('officer', NEW_PASSWORD);
    if (!entered.ok) throw new Error('the new password does not let in');
    const opened = await new OpenCase(given.casework, given.institution.rules).run({ actor: entered.actor, reference, now: new Date() });
    expect(JSON.stringify(opened)).toContain(GIVEN_COMPLAINT.narrative);
  });

  it('makes a guess at the new one cost what is standard, whatever it did before', async () => {
    const costOf = async (who: string) => {
      const [row] = await given.owner.query<{ kdf: unknown }[]>('SELECT kdf FROM staff_member WHERE sign_in_name = $1', [who]);
      return row?.kdf;
    };
    expect(await costOf(given.institution.officer.signInName)).toMatchObject(STANDARD_PASSWORD_COST);
    expect(await costOf(given.institution.otherOfficer.signInName)).toMatchObject(TEST_PASSWORD_COST);
  });

  it('ends every session of the person and no one else’s, and gives a new one to whoever changed it', async () => {
    const [first, second, colleague] = [
      await signIn('director', GIVEN_PASSWORD),
      await signIn('director', GIVEN_PASSWORD),
      await signIn('supervisor', GIVEN_PASSWORD),
    ];
    const changed = await change('director', NEW_PASSWORD);
    const tokens = [first, second, colleague, changed].map((result) => (result.ok ? result.token : ''));
    expect(await Promise.all(tokens.map(isAlive))).toEqual([false, false, true, true]);
  });

  it('is in the record, without a word of either password', async () => {
    const { staffId } = given.institution.director;
    const events = await listStaffEvents(given.casework.manager, staffId);
    const changes = events.filter(({ type }) => type === 'password_changed');
    expect(changes).toMatchObject([{ payload: {}, staffId, actorKind: 'staff', actorId: staffId }]);
    await expect(given.owner.query('DELETE FROM staff_event')).rejects.toThrow('the record is append-only');
    await expect(given.owner.query('TRUNCATE staff_event')).rejects.toThrow('the record is append-only');
  });

  it('refuses a short one and the same one, before anything is counted', async () => {
    expect(await change('supervisor', 'x'.repeat(11))).toEqual({ ok: false, code: 'password_too_short' });
    expect(await change('supervisor', GIVEN_PASSWORD)).toEqual({ ok: false, code: 'password_unchanged' });
    // A no-break space is a space, and a letter with its accent apart is the same letter (RFC 8265).
    expect(await change('supervisor', GIVEN_PASSWORD.replaceAll(' ', '\u00a0'))).toEqual({ ok: false, code: 'password_unchanged' });
    const [row] = await given.owner.query<{ failed: number }[]>(
      `SELECT failed_sign_ins AS failed FROM staff_member WHERE sign_in_name = 'supervisor'`,
    );
    expect(row).toEqual({ failed: 0 });
  });

  it('counts wrong attempts as the sign-in does, but apart from it: after five whoever is signed in waits, also with the right password', async () => {
    const now = new Date();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await change('administrator', NEW_PASSWORD, `wrong ${attempt}`, now)).toEqual({ ok: false, code: 'current_password_wrong' });
    }
    expect(await change('administrator', NEW_PASSWORD, GIVEN_PASSWORD, now)).toEqual({ ok: false, code: 'current_password_wrong' });
    expect(await signIn('administrator', GIVEN_PASSWORD, now)).toMatchObject({ ok: true });
    const later = new Date(now.getTime() + 61_000);
    expect(await change('administrator', NEW_PASSWORD, GIVEN_PASSWORD, later)).toMatchObject({ ok: true });
  }, 30_000);
});

describe('two at once', () => {
  it('change a password: one wins, the other is told, and only the winner’s lets in', async () => {
    const passwords = ['the first of the two passwords', 'the second of the two passwords'];
    const results = await Promise.all(passwords.map((password) => change('otherOfficer', password)));
    expect(results.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual(['ok', 'overtaken']);
    const entered = [];
    for (const password of [...passwords, GIVEN_PASSWORD]) entered.push((await signIn('otherOfficer', password)).ok);
    expect(entered).toEqual([results[0]?.ok, results[1]?.ok, false]);
  }, 30_000);

  it('never leave a session behind that the old password opened', async () => {
    let isOver = false;
    const tokens: string[] = [];
    // Somebody keeps signing in with the old password: at the moment of the change there is always an attempt whose password was right when it was tried.
    const keepSigningIn = async (): Promise<void> => {
      while (!isOver) {
        const entered = await signIn('supervisor', GIVEN_PASSWORD);
        if (entered.ok) tokens.push(entered.token);
      }
    };
    const others = [keepSigningIn(), keepSigningIn(), keepSigningIn()];
    const changed = await change('supervisor', NEW_PASSWORD);
    isOver = true;
    await Promise.all(others);
    expect(changed).toMatchObject({ ok: true });
    expect(await Promise.all(tokens.map((token) => isAlive(token)))).not.toContain(true);
  }, 30_000);
});

describe('a crash in the middle', () => {
  it('leaves the old password and its sessions as they were', async () => {
    const before = await signIn('officer', NEW_PASSWORD);
    await given.owner.query('ALTER TABLE staff_event ADD CONSTRAINT broken CHECK (false) NOT VALID');
    await expect(change('officer', 'a password that never comes', NEW_PASSWORD)).rejects.toThrow('broken');
    await given.owner.query('ALTER TABLE staff_event DROP CONSTRAINT broken');
    expect(await isAlive(before.ok ? before.token : '')).toBe(true);
    expect(await signIn('officer', NEW_PASSWORD)).toMatchObject({ ok: true });
    expect(await signIn('officer', 'a password that never comes')).toEqual(REFUSED);
  }, 30_000);
});
