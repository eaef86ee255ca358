import { randomUUID } from 'node:crypto';
import {
  AddStaff,
  AssignTrack,
  FileComplaint,
  FilingDesk,
  ReadSession,
  SessionRules,
  ReadTeam,
  ResealCaseKeys,
  TakeOffTeam,
  UnlockStaff,
  type SignedInStaff,
  type TakeOffTeamResult,
} from '@recourse/cases';
import { findCaseByReference, inTransaction, listEvents, listStaffEvents } from '@recourse/persistence';
import { GIVEN_COMPLAINT, GIVEN_PASSWORD, type GivenCase, waitFor, signingIn, freshInstitution, type Given } from '@recourse/testing';
import { keyPairFrom, openSealed } from '@recourse/vault';
import { teamKeysOf } from '../keys/team-keys';

const fresh = freshInstitution();
let given: Given;
let deskId: string;
beforeEach(() => {
  ({ given, deskId } = fresh());
});

function takeOff(staff: SignedInStaff, actor = given.institution.supervisor): Promise<TakeOffTeamResult> {
  return new TakeOffTeam(given.casework).run({ actor, teamId: deskId, staffId: staff.staffId, now: new Date() });
}

function reseal(actor: SignedInStaff, withinMs?: number) {
  return new ResealCaseKeys(given.casework).run({
    actor,
    teamId: deskId,
    now: new Date(),
    ...(withinMs === undefined ? {} : { withinMs }),
  });
}

const opens = (actor: SignedInStaff, filed: GivenCase): Promise<boolean> => fresh().opens(actor, filed);

/** Every team key that somebody holds at this moment: what they could have kept. */
async function keptBy(actor: SignedInStaff): Promise<readonly Buffer[]> {
  const keys = await inTransaction(given.owner, (tx) => teamKeysOf(tx, actor, deskId));
  return [actor.keyPair, ...(keys ?? [])].map(({ secretKey }) => Buffer.from(secretKey));
}

/** How many sealed keys of the whole database, of cases and of teams, open with one of these secret keys. */
async function openable(secretKeys: readonly Buffer[]): Promise<number> {
  const sealed = await given.owner.query<{ sealed: Buffer }[]>(
    `SELECT sealed_key AS sealed FROM case_key_grant UNION ALL SELECT sealed_team_key FROM team_member UNION ALL SELECT sealed_secret_key FROM team_former_key`,
  );
  const open = (box: Buffer, secretKey: Buffer): boolean => {
    try {
      return openSealed(keyPairFrom(Buffer.from(secretKey)), box).length > 0;
    } catch {
      return false;
    }
  };
  return sealed.filter((row) => secretKeys.some((key) => open(row.sealed, key))).length;
}

async function stale(): Promise<number> {
  const read = await new ReadTeam(given.casework).run({ actor: given.institution.supervisor, code: 'desk' });
  return read.ok ? read.view.staleKeys : -1;
}

/** Lets several begin and wait at the team's row, then all go: otherwise one is often over before the next has begun. */
async function atOnce<T>(...works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const running = await inTransaction(given.owner, async (tx) => {
    await tx.query('SELECT FROM team WHERE id = $1 FOR UPDATE', [deskId]);
    const started = works.map((work) => work());
    await waitFor('all wait for the team', async () => {
      const [row] = await given.owner.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return row?.count === works.length;
    });
    return { started };
  });
  return Promise.all(running.started);
}

async function assign(to: SignedInStaff, filed: GivenCase): Promise<string> {
  const { supervisor: actor } = given.institution;
  const { reference, trackId: track } = filed;
  const { revision: seenRevision } = await given.track(reference);
  const assigned = await new AssignTrack(given.casework).run({
    actor,
    reference,
    track,
    seenRevision,
    assigneeId: to.staffId,
    now: new Date(),
  });
  return assigned.ok ? 'ok' : assigned.code;
}

describe('taking somebody off a team', () => {
  it('closes its cases to them with everything they ever held, and to nobody who stays', async () => {
    const { officer, otherOfficer, director } = given.institution;
    const filed = [await given.filed(), await given.caseIn('closed')];
    const kept = await keptBy(officer);
    expect(await openable(kept)).toBeGreaterThan(0);
    expect(await takeOff(officer)).toEqual({ ok: true, putBack: 0 });
    expect(await reseal(given.institution.supervisor)).toEqual({ ok: true, done: true, resealed: 2, setAside: 0 });
    filed.push(await given.filed());
    expect(await openable(kept)).toBe(0);
    for (const one of filed) {
      expect(await opens(officer, one)).toBe(false);
      expect([await opens(otherOfficer, one), await opens(director, one)]).toEqual([true, true]);
    }
    // The complainant still does, and the recovery key.
    const [row] = await given.owner.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM case_key_grant WHERE holder_kind = 'recovery'`,
    );
    expect(await openable([given.institution.recovery])).toBe(row?.count);
  });

  it('leaves a complaint readable that was filed while the team got its new key, also before its key is sealed anew', async () => {
    const desk = new FilingDesk(given.intake, given.institution.rules);
    const fileComplaint = new FileComplaint(given.intake, given.institution.secrets, desk);
    const file = async (): Promise<GivenCase> => {
      const complaint = GIVEN_COMPLAINT;
      const filed = await fileComplaint.run({ idempotencyKey: randomUUID(), channel: 'web_form', complaint, now: new Date() });
      if (!filed.ok) throw new Error(filed.code);
      return { ...filed, trackId: '' };
    };
    // This desk knows the team's key for ten seconds: what it takes in after the change is sealed to the key before.
    const filed = [await file()];
    const [, ...during] = await Promise.all([takeOff(given.institution.officer), ...Array.from({ length: 8 }, () => file())]);
    filed.push(...during, await file());
    expect(await stale()).toBe(10);
    for (const one of filed) expect(await opens(given.institution.otherOfficer, one)).toBe(true);
    expect(await reseal(given.institution.director)).toMatchObject({ done: true, resealed: 10 });
    expect(await stale()).toBe(0);
    for (const one of filed)
      expect([await opens(given.institution.otherOfficer, one), await opens(given.institution.officer, one)]).toEqual([true, false]);
  });

  it('puts what they had in hand back to the team, in the record of each case, and tells the lead once', async () => {
    const { officer, supervisor } = given.institution;
    const filed = [await given.filed(), await given.filed()];
    for (const one of filed) await assign(officer, one);
    expect(await takeOff(officer)).toEqual({ ok: true, putBack: 2 });
    for (const { reference } of filed) {
      expect((await given.track(reference)).assigneeId).toBeNull();
      const file = await findCaseByReference(given.owner.manager, reference);
      expect((await listEvents(given.owner.manager, file?.id ?? '')).at(-1)).toMatchObject({
        type: 'assigned',
        payload: { assigneeId: null, previousAssigneeId: officer.staffId },
        actorId: supervisor.staffId,
      });
    }
    expect(await given.owner.query(`SELECT payload ->> 'teamId' AS team FROM outbox_message WHERE topic = 'tracks_put_back'`)).toEqual([
      { team: deskId },
    ]);
  });

  it('ends their sessions at once and says who did it', async () => {
    const { officer, supervisor } = given.institution;
    const entered = await signingIn(given.casework)({ signInName: 'officer' });
    await takeOff(officer);
    expect(
      await new ReadSession(given.casework, new SessionRules(1, 30)).run({ token: entered.ok ? entered.token : '', now: new Date() }),
    ).toMatchObject({
      ok: false,
    });
    expect((await listStaffEvents(given.casework.manager, officer.staffId)).slice(-1)).toMatchObject([
      { type: 'left_team', payload: { teamId: deskId, putBack: 0 }, actorId: supervisor.staffId },
    ]);
  });

  it('takes members whose account is closed off with them, because they hold the key too', async () => {
    const { officer, otherOfficer } = given.institution;
    await given.filed();
    const kept = await keptBy(otherOfficer);
    await given.owner.query('UPDATE staff_member SET active = false WHERE id = $1', [otherOfficer.staffId]);
    await takeOff(officer);
    await reseal(given.institution.supervisor);
    expect(await openable(kept)).toBe(0);
    expect((await listStaffEvents(given.casework.manager, otherOfficer.staffId)).at(-1)).toMatchObject({ type: 'left_team' });
  });

  it('lets somebody new read what is still sealed to the key before', async () => {
    const filed = await given.filed();
    await takeOff(given.institution.officer);
    const staff = {
      signInName: 'new.one',
      displayName: 'New',
      email: 'new@recourse.example',
      role: 'officer',
      language: 'en',
      password: GIVEN_PASSWORD,
    } as const;
    const teams = [{ code: 'desk', teamRole: 'member' as const }];
    // With keys as they were before: they are read anew.
    await new AddStaff(given.owner).run({ actor: given.institution.supervisor, staff, teams, now: new Date() });
    const unlocked = await new UnlockStaff(given.owner).run({ signInName: 'new.one', password: GIVEN_PASSWORD, now: new Date() });
    if (!unlocked.ok) throw new Error('the new one cannot be unlocked');
    expect([await stale(), await opens(unlocked.actor, filed)]).toEqual([1, true]);
  });
});

describe('is refused', () => {
  it('to a member, to an administrator, to another team, and for somebody who is not on it', async () => {
    const { officer, otherOfficer, administrator } = given.institution;
    expect(await takeOff(otherOfficer, officer)).toEqual({ ok: false, code: 'not_allowed' });
    expect(await takeOff(otherOfficer, administrator)).toEqual({ ok: false, code: 'not_found' });
    expect(await takeOff(otherOfficer, await given.stranger())).toEqual({ ok: false, code: 'not_found' });
    expect(await takeOff(administrator)).toEqual({ ok: false, code: 'not_on_team' });
    expect(await reseal(administrator)).toEqual({ ok: false, code: 'not_on_team' });
  });

  it('for oneself, and for the last who could open the cases', async () => {
    const { supervisor, officer, otherOfficer, director } = given.institution;
    expect(await takeOff(supervisor)).toEqual({ ok: false, code: 'yourself' });
    for (const one of [officer, otherOfficer, director]) await takeOff(one);
    expect(await takeOff(supervisor)).toEqual({ ok: false, code: 'last_holder' });
    expect(await opens(supervisor, await given.filed())).toBe(true);
  });
});

describe('two at once', () => {
  it('taking the same person off: one does, the other is told', async () => {
    const { officer, supervisor, director } = given.institution;
    const results = await atOnce(
      () => takeOff(officer, supervisor),
      () => takeOff(officer, director),
    );
    expect(results.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual(['not_on_team', 'ok']);
  });

  it('taking each other off: one stays, and opens the cases', async () => {
    const { supervisor, director } = given.institution;
    const filed = await given.filed();
    const results = await atOnce(
      () => takeOff(director, supervisor),
      () => takeOff(supervisor, director),
    );
    expect(results.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual(['not_found', 'ok']);
    expect([await opens(supervisor, filed), await opens(director, filed)].sort()).toEqual([false, true]);
  });

  it('taking two off: both are off, and what is left opens for who stays', async () => {
    const { officer, otherOfficer, supervisor, director } = given.institution;
    const filed = await given.filed();
    const kept = [...(await keptBy(officer)), ...(await keptBy(otherOfficer))];
    const results = await atOnce(
      () => takeOff(officer, supervisor),
      () => takeOff(otherOfficer, director),
    );
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
    await Promise.all([reseal(supervisor), reseal(director)]);
    await reseal(supervisor);
    expect([await stale(), await openable(kept), await opens(supervisor, filed), await opens(director, filed)]).toEqual([0, 0, true, true]);
  });

  it('giving a track to whoever is being taken off: it is never left in their hands', async () => {
    const filed = await Promise.all(Array.from({ length: 6 }, () => given.filed()));
    const { officer } = given.institution;
    const [taken, ...assigned] = await Promise.all([takeOff(officer), ...filed.map((one) => assign(officer, one))]);
    expect(taken.ok).toBe(true);
    expect(assigned.filter((code) => code !== 'ok' && code !== 'assignee_not_on_team')).toEqual([]);
    for (const { reference } of filed) expect((await given.track(reference)).assigneeId).toBeNull();
  });
});

describe('a crash in the middle', () => {
  it('of taking somebody off leaves the team as it was', async () => {
    const { officer } = given.institution;
    const filed = await given.filed();
    await given.owner.query('ALTER TABLE staff_event ADD CONSTRAINT broken CHECK (false) NOT VALID');
    await expect(takeOff(officer)).rejects.toThrow('broken');
    expect([await opens(officer, filed), await opens(given.institution.director, filed), await stale()]).toEqual([true, true, 0]);
  });

  it('of sealing keys anew leaves every case readable, and somebody else goes on where it stopped', async () => {
    const filed = await Promise.all(Array.from({ length: 5 }, () => given.filed()));
    const { officer, supervisor, otherOfficer } = given.institution;
    const kept = await keptBy(officer);
    await takeOff(officer);
    // The machine stops while the first keys are being stored.
    await given.owner.query(
      `CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the machine stops'; END $$;
       CREATE TRIGGER stop_here BEFORE UPDATE ON case_key_grant FOR EACH ROW EXECUTE FUNCTION stop_here()`,
    );
    await expect(reseal(supervisor)).rejects.toThrow('the machine stops');
    for (const one of filed) expect(await opens(otherOfficer, one)).toBe(true);
    await given.owner.query('DROP TRIGGER stop_here ON case_key_grant');
    expect(await reseal(otherOfficer)).toEqual({ ok: true, done: true, resealed: 5, setAside: 0 });
    expect([await stale(), await openable(kept)]).toEqual([0, 0]);
    for (const one of filed) expect(await opens(otherOfficer, one)).toBe(true);
  });

  it('leaves nothing half done when there are more keys than fit into the time', async () => {
    const filed = await given.filed();
    await given.owner.query(
      `INSERT INTO case_key_grant (id, case_id, key_version, holder_kind, holder_id, sealed_key, sealed_to, granted_at)
       SELECT gen_random_uuid(), g.case_id, n, 'team', g.holder_id, g.sealed_key, g.sealed_to, g.granted_at
       FROM case_key_grant g, generate_series(2, 450) n WHERE g.holder_kind = 'team'`,
    );
    await takeOff(given.institution.officer);
    expect(await reseal(given.institution.supervisor, 0)).toEqual({ ok: true, done: false, resealed: 200, setAside: 0 });
    expect([await stale(), await opens(given.institution.director, filed)]).toEqual([250, true]);
    expect(await reseal(given.institution.director)).toEqual({ ok: true, done: true, resealed: 250, setAside: 0 });
  });
});
