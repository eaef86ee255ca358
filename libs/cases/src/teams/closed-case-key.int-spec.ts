import { ListSetAside, ReadTeam, ResealCaseKeys, TakeOffTeam, TryAgain, type SignedInStaff } from '@recourse/cases';
import { findCaseByReference, inTransaction, listEvents, setGrantAside } from '@recourse/persistence';
import { type GivenCase, waitFor, freshInstitution, type Given } from '@recourse/testing';
import { randomBytes, sealTo } from '@recourse/vault';

const fresh = freshInstitution();
let given: Given;
let deskId: string;
beforeEach(() => {
  ({ given, deskId } = fresh());
});

const NOW = new Date('2026-04-02T07:00:00Z');
const OF_TEAM = `holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`;

function reseal(actor: SignedInStaff, withinMs?: number) {
  return new ResealCaseKeys(given.casework).run({ actor, teamId: deskId, now: NOW, ...(withinMs === undefined ? {} : { withinMs }) });
}

const opens = (actor: SignedInStaff, filed: GivenCase): Promise<boolean> => fresh().opens(actor, filed);

/** What the page of the team counts: still to be sealed anew, and set aside. */
async function counted(): Promise<readonly number[]> {
  const read = await new ReadTeam(given.casework).run({ actor: given.institution.supervisor, code: 'desk' });
  return read.ok ? [read.view.staleKeys, read.view.setAsideKeys] : [];
}

async function sealedKeyOf({ reference }: GivenCase): Promise<Buffer> {
  const [row] = await given.owner.query<{ key: Buffer }[]>(`SELECT sealed_key AS key FROM case_key_grant WHERE ${OF_TEAM}`, [reference]);
  return row?.key ?? Buffer.alloc(0);
}

/** Damages the key of a case that is sealed to the team. @returns the key as it was */
async function damage(filed: GivenCase, to?: Buffer): Promise<Buffer> {
  const before = await sealedKeyOf(filed);
  const damaged = Buffer.from(before);
  damaged[40] = (damaged[40] ?? 0) ^ 1;
  await put(filed, to ?? damaged);
  return before;
}

async function put({ reference }: GivenCase, key: Buffer): Promise<void> {
  await given.owner.query(`UPDATE case_key_grant SET sealed_key = $2 WHERE ${OF_TEAM}`, [reference, key]);
}

async function takeOff(staff: SignedInStaff): Promise<void> {
  const { supervisor: actor } = given.institution;
  expect(await new TakeOffTeam(given.casework).run({ actor, teamId: deskId, staffId: staff.staffId, now: NOW })).toMatchObject({
    ok: true,
  });
}

async function recorded({ reference }: GivenCase): Promise<readonly object[]> {
  const file = await findCaseByReference(given.owner.manager, reference);
  const events = await listEvents(given.owner.manager, file?.id ?? '');
  return events.filter(({ type }) => type === 'case_key_set_aside' || type === 'work_tried_again');
}

const setAside = async () =>
  (await new ListSetAside(given.casework, given.institution.rules).run({ actor: given.institution.administrator })).items;

describe('a case key that no key of its team opens, among many', () => {
  it('is set aside as it is, told to an administrator, in the record of its case, and the others are sealed anew', async () => {
    const { officer, supervisor, otherOfficer } = given.institution;
    const [first, second, third, fourth, fifth] = [
      await given.filed(),
      await given.filed(),
      await given.filed(),
      await given.filed(),
      await given.filed(),
    ];
    await damage(second);
    // What opens and is no key must not be handed on as one.
    const [team] = await given.owner.query<{ key: Buffer }[]>('SELECT public_key AS key FROM team WHERE id = $1', [deskId]);
    await damage(fourth, sealTo(team?.key ?? Buffer.alloc(0), Buffer.from('no key at all')));
    const damagedKey = await sealedKeyOf(second);
    await takeOff(officer);
    expect(await counted()).toEqual([5, 0]);
    expect(await reseal(supervisor)).toEqual({ ok: true, done: true, resealed: 3, setAside: 2 });
    expect(await counted()).toEqual([0, 2]);
    for (const one of [first, third, fifth]) expect(await opens(otherOfficer, one)).toBe(true);
    expect(await sealedKeyOf(second)).toEqual(damagedKey);
    expect((await setAside()).map((item) => [item.work, item.code, item.reference, item.errorCode, item.attempts])).toEqual(
      expect.arrayContaining(
        [second, fourth].map(({ reference }) => ['case_key', 'desk', reference, 'key_cannot_be_opened', 1]),
      ) as unknown,
    );
    expect(await recorded(second)).toMatchObject([
      { type: 'case_key_set_aside', payload: { teamId: deskId, keyVersion: 1 }, actorKind: 'staff', actorId: supervisor.staffId },
    ]);
    // Nothing is left to do: neither counted twice nor recorded twice, also for the next who leaves.
    expect(await reseal(otherOfficer)).toEqual({ ok: true, done: true, resealed: 0, setAside: 0 });
    await takeOff(otherOfficer);
    expect(await reseal(supervisor)).toEqual({ ok: true, done: true, resealed: 3, setAside: 0 });
    expect(await recorded(second)).toHaveLength(1);
  });

  it('is sealed anew once its row was restored and an administrator has it tried again', async () => {
    const { officer, supervisor, administrator, director } = given.institution;
    const filed = await given.filed();
    const before = await damage(filed);
    await takeOff(officer);
    await reseal(supervisor);
    const [item] = await setAside();
    const again = (actor: SignedInStaff) => new TryAgain(given.casework).run({ actor, work: 'case_key', id: item?.id ?? '', now: NOW });
    expect(await again(supervisor)).toEqual({ ok: false, code: 'not_set_aside' });
    expect(await again(administrator)).toEqual({ ok: true });
    expect(await again(administrator)).toEqual({ ok: false, code: 'not_set_aside' });
    expect([await counted(), await setAside()]).toEqual([[1, 0], []]);
    // Not mended yet: it comes back.
    expect(await reseal(supervisor)).toMatchObject({ done: true, resealed: 0, setAside: 1 });
    await put(filed, before);
    await again(administrator);
    expect(await reseal(director)).toMatchObject({ done: true, resealed: 1, setAside: 0 });
    expect([await counted(), await opens(director, filed)]).toEqual([[0, 0], true]);
    expect((await recorded(filed)).map((event) => (event as { type: string }).type)).toEqual([
      'case_key_set_aside',
      'work_tried_again',
      'case_key_set_aside',
      'work_tried_again',
    ]);
  });

  it('is left alone when its row was restored between being tried and being set aside', async () => {
    const filed = await given.filed();
    const before = await damage(filed);
    const damaged = await sealedKeyOf(filed);
    const [row] = await given.owner.query<{ id: string }[]>(`SELECT id FROM case_key_grant WHERE ${OF_TEAM}`, [filed.reference]);
    await put(filed, before);
    const aside = await inTransaction(given.casework, (tx) => setGrantAside(tx, { id: row?.id ?? '', sealedKey: damaged }, NOW));
    expect([aside, await counted()]).toEqual([undefined, [0, 0]]);
  });

  it('does not end a run of more than one batch, wherever it stands, and is counted once by two who seal at the same time', async () => {
    const { officer, supervisor, director } = given.institution;
    const filed = await given.filed();
    await given.owner.query(
      `INSERT INTO case_key_grant (id, case_id, key_version, holder_kind, holder_id, sealed_key, sealed_to, granted_at)
       SELECT gen_random_uuid(), g.case_id, n, 'team', g.holder_id, CASE WHEN n % 100 = 0 THEN $1 ELSE g.sealed_key END, g.sealed_to, g.granted_at
       FROM case_key_grant g, generate_series(2, 450) n WHERE g.holder_kind = 'team'`,
      [randomBytes(80)],
    );
    await takeOff(officer);
    const both = await Promise.all([reseal(supervisor), reseal(director)]);
    await reseal(supervisor);
    expect(both.reduce((sum, one) => sum + (one.ok ? one.setAside : NaN), 0)).toBe(4);
    expect([await counted(), (await recorded(filed)).length]).toEqual([[0, 4], 4]);
  });

  it('is found again when the machine dies while keys are sealed anew, or before it was set aside; somebody else goes on', async () => {
    const { officer, supervisor, director } = given.institution;
    const filed = await Promise.all(Array.from({ length: 5 }, () => given.filed()));
    const closed = await given.filed();
    await damage(closed);
    await takeOff(officer);
    const killed = async (at: 'sealed_key' | 'set_aside_at'): Promise<void> => {
      // The connection is cut while the statement runs, as a crash of either side does.
      await given.owner.query(
        `CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$;
         CREATE TRIGGER wait_here BEFORE UPDATE OF ${at} ON case_key_grant FOR EACH ROW EXECUTE FUNCTION wait_here()`,
      );
      const cut = expect(reseal(supervisor)).rejects.toThrow();
      await waitFor('the connection is cut', async () => {
        const rows = await given.owner.query<unknown[]>(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
        );
        return rows.length > 0;
      });
      await cut;
      await given.owner.query('DROP FUNCTION wait_here CASCADE');
    };
    await killed('sealed_key');
    expect(await counted()).toEqual([6, 0]);
    await killed('set_aside_at');
    // The others are sealed by then: each step is kept.
    expect([await counted(), await setAside(), await recorded(closed)]).toEqual([[1, 0], [], []]);
    expect(await reseal(director)).toEqual({ ok: true, done: true, resealed: 0, setAside: 1 });
    expect([await counted(), (await setAside()).length, (await recorded(closed)).length]).toEqual([[0, 1], 1, 1]);
    for (const one of filed) expect(await opens(director, one)).toBe(true);
  }, 60_000);
});
