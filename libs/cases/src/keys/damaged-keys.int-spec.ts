import { Logger } from '@nestjs/common';
import {
  FindStuckCases,
  ListSetAside,
  PutOnTeam,
  ResealCaseKeys,
  TakeOffTeam,
  TryAgain,
  VerifyRecord,
  type SignedInStaff,
} from '@recourse/cases';
import { countKeysAside, inTransaction, listStaffEvents } from '@recourse/persistence';
import { type GivenCase, freshInstitution, type Given } from '@recourse/testing';

const fresh = freshInstitution();
let given: Given;
let teamId: string;
beforeEach(() => {
  ({ given, deskId: teamId } = fresh());
});

const NOW = new Date('2026-04-02T07:00:00Z');

const opens = (actor: SignedInStaff, filed: GivenCase): Promise<boolean> => fresh().opens(actor, filed, NOW);

const takeOff = ({ staffId }: SignedInStaff) =>
  new TakeOffTeam(given.casework).run({ actor: given.institution.supervisor, teamId, staffId, now: NOW });
const reseal = (actor: SignedInStaff) => new ResealCaseKeys(given.casework).run({ actor, teamId, now: NOW });

/** Damages a key as it is sealed to somebody. */
async function damage(what: 'present' | 'former', { staffId }: SignedInStaff): Promise<void> {
  const [table, column] = what === 'present' ? ['team_member', 'sealed_team_key'] : ['team_former_key', 'sealed_secret_key'];
  const set = `SET ${column} = set_byte(${column}, 40, get_byte(${column}, 40) # 1)`;
  await given.owner.query(`UPDATE ${table} ${set} WHERE staff_id = $1`, [staffId]);
}

const setAside = async () => {
  const { items } = await new ListSetAside(given.casework, given.institution.rules).run({ actor: given.institution.administrator });
  return items.map(({ work, code, reference }) => [work, code, reference]);
};
const recorded = async ({ staffId }: SignedInStaff) =>
  (await listStaffEvents(given.owner.manager, staffId)).filter(({ type }) => type === 'team_key_set_aside');

describe('a damaged key of a team', () => {
  it('that it had before closes nothing that another key opens, and is set aside once', async () => {
    const { officer, otherOfficer, director } = given.institution;
    const filed = await given.filed();
    await takeOff(otherOfficer);
    await reseal(director);
    await damage('former', officer);
    for (let times = 0; times < 2; times += 1) expect([await opens(officer, filed), await opens(director, filed)]).toEqual([true, true]);
    expect(await setAside()).toEqual([['team_key', 'desk / officer', undefined]]);
    expect(await recorded(officer)).toMatchObject([{ payload: { teamId }, actorKind: 'staff', actorId: officer.staffId, occurredAt: NOW }]);
    expect(await inTransaction(given.worker, countKeysAside)).toEqual({ ofCases: 0, ofTeams: 1 });
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ ok: true });
  });

  it('that cannot be set aside hides neither the case nor why it does not open, and is set aside the next time', async () => {
    const { officer, otherOfficer, director } = given.institution;
    const filed = await given.filed();
    await takeOff(otherOfficer);
    await reseal(director);
    await damage('former', officer);
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    await given.owner.query('ALTER TABLE team_key_aside RENAME TO away');
    try {
      expect(await opens(officer, filed)).toBe(true);
      expect(errors.mock.calls).toEqual([['A key that does not open could not be set aside (42P01)']]);
      await damage('present', officer);
      await expect(opens(officer, filed)).rejects.toMatchObject({ code: 'cannot_open' });
    } finally {
      await given.owner.query('ALTER TABLE away RENAME TO team_key_aside');
      errors.mockRestore();
    }
    expect(await setAside()).toEqual([]);
    await expect(opens(officer, filed)).rejects.toMatchObject({ code: 'cannot_open' });
    expect((await setAside()).length).toBeGreaterThan(0);
  });

  it('that it has now leaves open what is sealed to one before', async () => {
    const { officer, otherOfficer } = given.institution;
    const before = await given.filed();
    await takeOff(otherOfficer);
    await damage('present', officer);
    expect(await opens(officer, before)).toBe(true);
    const after = await given.filed();
    await expect(opens(officer, after)).rejects.toMatchObject({ code: 'cannot_open' });
    expect(await setAside()).toEqual([['team_key', 'desk / officer', undefined]]);
  });

  it('does not have the keys of cases set aside that somebody else on the team opens', async () => {
    const { officer, otherOfficer, director } = given.institution;
    const filed = await given.filed();
    await takeOff(otherOfficer);
    await damage('former', officer);
    await expect(opens(officer, filed)).rejects.toMatchObject({ code: 'cannot_open' });
    expect(await reseal(officer)).toEqual({ ok: true, done: true, resealed: 0, setAside: 0 });
    expect(await reseal(director)).toEqual({ ok: true, done: true, resealed: 1, setAside: 0 });
    expect(await opens(officer, filed)).toBe(true);
    expect(await setAside()).toEqual([['team_key', 'desk / officer', undefined]]);
  });

  it('is never handed on, and comes anew when its holder is taken off and put on again', async () => {
    const { officer, otherOfficer, director, supervisor } = given.institution;
    const filed = await given.filed();
    await takeOff(otherOfficer);
    await damage('present', director);
    const putOn = (actor: SignedInStaff, { staffId }: SignedInStaff) =>
      new PutOnTeam(given.casework).run({ actor, teamId, person: { staffId }, teamRole: 'member', now: NOW });
    await expect(putOn(director, otherOfficer)).rejects.toThrow('does not hold its key');
    await reseal(officer);
    await expect(opens(director, filed)).rejects.toMatchObject({ code: 'cannot_open' });
    expect(await setAside()).toHaveLength(1);
    await takeOff(director);
    expect(await putOn(supervisor, director)).toMatchObject({ ok: true });
    expect([await opens(director, filed), await setAside()]).toEqual([true, []]);
  });

  it('is tried again when an administrator says so, and comes back if it is still damaged', async () => {
    const { officer, otherOfficer, administrator } = given.institution;
    const filed = await given.filed();
    await takeOff(otherOfficer);
    await reseal(officer);
    await damage('former', officer);
    await opens(officer, filed);
    const [row] = await given.owner.query<{ id: string }[]>('SELECT id FROM team_key_aside');
    const again = () => new TryAgain(given.casework).run({ actor: administrator, work: 'team_key', id: row?.id ?? '', now: NOW });
    expect([await again(), await again(), await setAside()]).toEqual([{ ok: true }, { ok: false, code: 'not_set_aside' }, []]);
    await opens(officer, filed);
    expect([(await setAside()).length, (await recorded(officer)).length]).toEqual([1, 2]);
  });
});

describe('a damaged key of a case', () => {
  it('is set aside by whoever cannot open it, and the case is among those that are stuck', async () => {
    const { officer } = given.institution;
    const [filed, other] = [await given.filed(), await given.filed()];
    await given.owner.query(
      `UPDATE case_key_grant SET sealed_key = set_byte(sealed_key, 40, get_byte(sealed_key, 40) # 1)
       WHERE holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
      [filed.reference],
    );
    for (let times = 0; times < 2; times += 1) await expect(opens(officer, filed)).rejects.toMatchObject({ code: 'cannot_open' });
    expect(await opens(officer, other)).toBe(true);
    expect(await setAside()).toEqual([['case_key', 'desk', filed.reference]]);
    expect(await inTransaction(given.worker, countKeysAside)).toEqual({ ofCases: 1, ofTeams: 0 });
    const stuck = await new FindStuckCases(given.worker, given.institution.rules).run({ now: NOW });
    expect(stuck.map(({ kind, reference }) => [kind, reference])).toContainEqual(['case_key_set_aside', filed.reference]);
  });
});
