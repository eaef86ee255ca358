import {
  PutOnTeam,
  ReadTeam,
  ResealCaseKeys,
  TakeOffTeam,
  VerifyRecord,
  type PutOnTeamInput,
  type PutOnTeamResult,
  type SignedInStaff,
} from '@recourse/cases';
import { inTransaction, listStaffEvents } from '@recourse/persistence';
import { type GivenCase, waitFor, freshInstitution, type Given } from '@recourse/testing';

const NOW = new Date('2026-04-02T07:00:00Z');
const fresh = freshInstitution();
let given: Given;
let deskId: string;
beforeEach(() => {
  ({ given, deskId } = fresh());
});

function putOn(person: SignedInStaff | PutOnTeamInput['person'], over: Partial<PutOnTeamInput> = {}): Promise<PutOnTeamResult> {
  const named = 'staffId' in person ? { staffId: person.staffId } : person;
  const input = { actor: given.institution.supervisor, teamId: deskId, person: named, teamRole: 'member', now: NOW, ...over } as const;
  return new PutOnTeam(given.casework).run(input);
}

async function takeOff({ staffId }: SignedInStaff, actor = given.institution.supervisor): Promise<string> {
  const taken = await new TakeOffTeam(given.casework).run({ actor, teamId: deskId, staffId, now: NOW });
  return taken.ok ? 'ok' : taken.code;
}

function reseal(actor: SignedInStaff) {
  return new ResealCaseKeys(given.casework).run({ actor, teamId: deskId, now: NOW });
}

/** As they are at their next request. */
function onDesk(who: SignedInStaff, teamRole: 'member' | 'lead' = 'member'): SignedInStaff {
  const { staffId, signInName, displayName, role, language } = who;
  const teams = [{ id: deskId, code: 'desk', name: 'Complaints desk', teamRole }];
  return new (who.constructor as typeof SignedInStaff)({ staffId, signInName, displayName, role, language, teams }, who.keyPair);
}

const opens = (actor: SignedInStaff, filed: GivenCase): Promise<boolean> => fresh().opens(actor, filed);

/** What was left by putting on: lines of the record about it, and mails asked for. */
async function traces(): Promise<readonly number[]> {
  const [row] = await given.owner.query<{ events: number; mails: number }[]>(
    `SELECT (SELECT count(*)::int FROM staff_event WHERE type = 'joined_team' AND actor_kind = 'staff') AS events,
            (SELECT count(*)::int FROM outbox_message WHERE topic = 'put_on_team') AS mails`,
  );
  return [row?.events ?? NaN, row?.mails ?? NaN];
}

/** Lets several begin and wait at the team's row, then all go: otherwise one is often over before the next has begun. */
async function atOnce<T>(...works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const { started } = await inTransaction(given.owner, async (tx) => {
    await tx.query('SELECT FROM team WHERE id = $1 FOR UPDATE', [deskId]);
    const running = works.map((work) => work());
    await someWait(works.length);
    return { started: running };
  });
  return Promise.all(started);
}

async function someWait(count: number): Promise<void> {
  await waitFor(`${count} wait`, async () => {
    const [row] = await given.owner.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row?.count === count;
  });
}

describe('putting somebody back on a team', () => {
  it('opens its cases to them again: from before, from meanwhile, and what is still sealed to a key before', async () => {
    const { officer, otherOfficer } = given.institution;
    const filed = [await given.filed()];
    await takeOff(officer);
    await reseal(given.institution.supervisor);
    filed.push(await given.filed());
    // The second one who leaves makes another key, to which nothing is sealed yet.
    await takeOff(otherOfficer);
    filed.push(await given.filed());
    for (const one of filed) expect(await opens(onDesk(officer), one)).toBe(false);
    expect(await putOn(officer)).toEqual({ ok: true, staffId: officer.staffId, added: true });
    for (const one of filed) expect([await opens(onDesk(officer), one), await opens(onDesk(otherOfficer), one)]).toEqual([true, false]);
    // They hold the keys as everybody else: they can go on with sealing, and see the next one go.
    expect(await reseal(onDesk(officer))).toMatchObject({ done: true, resealed: 2 });
    for (const one of filed) expect(await opens(given.institution.director, one)).toBe(true);
  });

  it('is in the record with who did it, tells them once, and the page shows who can be put back', async () => {
    const { officer, supervisor } = given.institution;
    const former = async (actor: SignedInStaff) => {
      const read = await new ReadTeam(given.casework).run({ actor, code: 'desk' });
      return read.ok ? read.view.formerMembers.map(({ staffId }) => staffId) : [];
    };
    await takeOff(officer);
    expect([await former(supervisor), await former(given.institution.otherOfficer)]).toEqual([[officer.staffId], []]);
    await putOn(officer, { teamRole: 'lead' });
    expect(await former(supervisor)).toEqual([]);
    expect((await listStaffEvents(given.casework.manager, officer.staffId)).slice(-2)).toMatchObject([
      { type: 'left_team' },
      { type: 'joined_team', payload: { teamId: deskId, teamRole: 'lead' }, actorId: supervisor.staffId, occurredAt: NOW },
    ]);
    expect(await given.owner.query(`SELECT payload FROM outbox_message WHERE topic = 'put_on_team'`)).toEqual([
      { payload: { teamId: deskId, staffId: officer.staffId } },
    ]);
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ ok: true });
    // Twice off and on is one line on the page; a closed account none.
    await takeOff(officer);
    await putOn(officer);
    await takeOff(officer);
    expect(await former(supervisor)).toEqual([officer.staffId]);
    await given.owner.query('UPDATE staff_member SET active = false WHERE id = $1', [officer.staffId]);
    expect(await former(supervisor)).toEqual([]);
  });

  it('makes a lead who may lead, and takes somebody from another team by the name they sign in with', async () => {
    const { officer, otherOfficer } = given.institution;
    const filed = await given.filed();
    const stranger = await given.stranger();
    expect(await putOn({ signInName: ' STRANGER ' })).toEqual({ ok: true, staffId: stranger.staffId, added: true });
    expect(await opens(onDesk(stranger), filed)).toBe(true);
    await takeOff(officer);
    await putOn(officer, { teamRole: 'lead' });
    expect(await takeOff(otherOfficer, onDesk(officer, 'lead'))).toBe('ok');
  });

  it('changes nothing for who is on it, their role neither', async () => {
    const { officer } = given.institution;
    expect(await putOn(officer, { teamRole: 'lead' })).toEqual({ ok: true, staffId: officer.staffId, added: false });
    const rows = await given.owner.query(`SELECT team_role FROM team_member WHERE team_id = $1 AND staff_id = $2`, [
      deskId,
      officer.staffId,
    ]);
    expect([rows, await traces()]).toEqual([[{ team_role: 'member' }], [0, 0]]);
  });
});

describe('is refused', () => {
  it('to a member, to another team, to an administrator, and to whoever was just taken off', async () => {
    const { officer, otherOfficer, administrator, director } = given.institution;
    const stranger = await given.stranger();
    await takeOff(officer);
    await takeOff(director);
    const by = async (actor: SignedInStaff) => putOn(officer, { actor });
    expect(await by(otherOfficer)).toEqual({ ok: false, code: 'not_allowed' });
    for (const actor of [stranger, administrator, director]) expect(await by(actor)).toEqual({ ok: false, code: 'not_found' });
    // Also when their session still says that they are on it.
    expect(await by(onDesk(stranger, 'lead'))).toEqual({ ok: false, code: 'not_found' });
    expect(await putOn(officer, { teamId: 'x' })).toEqual({ ok: false, code: 'not_found' });
    expect(await traces()).toEqual([0, 0]);
  });

  it('for an administrator, for nobody, and for an account that was closed', async () => {
    const { officer, administrator } = given.institution;
    await takeOff(officer);
    await given.owner.query('UPDATE staff_member SET active = false WHERE id = $1', [officer.staffId]);
    expect(await putOn(officer)).toEqual({ ok: false, code: 'account_closed' });
    expect(await putOn({ signInName: 'officer' })).toEqual({ ok: false, code: 'account_closed' });
    expect(await putOn(administrator)).toEqual({ ok: false, code: 'sees_no_case' });
    for (const person of [
      { staffId: 'x' },
      { staffId: '00000000-0000-7000-8000-000000000000' },
      { signInName: 'nobody' },
      { signInName: '' },
    ])
      expect(await putOn(person)).toEqual({ ok: false, code: 'no_such_person' });
    expect(await traces()).toEqual([0, 0]);
  });

  it('for an account that is being closed at the same moment', async () => {
    const { officer } = given.institution;
    await takeOff(officer);
    const { started } = await inTransaction(given.owner, async (tx) => {
      await tx.query('UPDATE staff_member SET active = false WHERE id = $1', [officer.staffId]);
      const running = putOn(officer);
      await someWait(1);
      return { started: [running] };
    });
    expect(await Promise.all(started)).toEqual([{ ok: false, code: 'account_closed' }]);
  });
});

describe('two at once', () => {
  it('putting the same person on: one does, the other finds it done, and there is one line and one mail', async () => {
    const { officer, director } = given.institution;
    await takeOff(officer);
    const results = await atOnce(
      () => putOn(officer),
      () => putOn(officer, { actor: director }),
    );
    expect(results.map((result) => result.ok && result.added).sort()).toEqual([false, true]);
    expect(await traces()).toEqual([1, 1]);
  });

  it('one putting on, one taking somebody else off: whoever was put on holds the new key', async () => {
    const { officer, otherOfficer, director } = given.institution;
    await takeOff(officer);
    const results = await atOnce<unknown>(
      () => putOn(officer),
      () => takeOff(otherOfficer, director),
    );
    expect(results).toMatchObject([{ ok: true, added: true }, 'ok']);
    expect(await opens(onDesk(officer), await given.filed())).toBe(true);
  });

  it('one putting on, one taking the same person off: they are on it and open its cases, or neither', async () => {
    const { officer, director } = given.institution;
    const filed = await given.filed();
    await takeOff(officer);
    const [, off] = await atOnce<unknown>(
      () => putOn(officer),
      () => takeOff(officer, director),
    );
    expect(['ok', 'not_on_team']).toContain(off);
    expect(await opens(onDesk(officer), filed)).toBe(off === 'not_on_team');
  });
});

describe('a crash in the middle', () => {
  it('leaves the team as it was', async () => {
    const { officer } = given.institution;
    const filed = await given.filed();
    await takeOff(officer);
    await given.owner.query(`ALTER TABLE staff_event ADD CONSTRAINT broken CHECK (type <> 'joined_team') NOT VALID`);
    await expect(putOn(officer)).rejects.toThrow('broken');
    expect([await opens(onDesk(officer), filed), await traces()]).toEqual([false, [0, 0]]);
  });
});
