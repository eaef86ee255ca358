import {
  AddCompany,
  AddStaff,
  AddTeam,
  FileComplaint,
  FilingDesk,
  FilingSecrets,
  PublishProcedure,
  SetUpInstitution,
} from '@recourse/cases';
import {
  createTestDatabase,
  Given,
  GIVEN_COMPLAINT,
  GIVEN_PASSWORD,
  givenRules,
  remedyText,
  testDatabase,
  type TestDatabase,
} from '@recourse/testing';
import { listStaffEvents } from '@recourse/persistence';
import { generateKeyPair, randomBytes } from '@recourse/vault';

const staff = {
  displayName: 'First',
  email: 'first@recourse.example',
  role: 'supervisor',
  language: 'en',
  password: GIVEN_PASSWORD,
} as const;

describe('setting an institution up', () => {
  let empty: TestDatabase;
  beforeAll(async () => {
    empty = await createTestDatabase();
  }, 60_000);
  afterAll(() => empty.drop());

  it('refuses complaints before it is done, and says what is missing', async () => {
    const intake = await empty.dataSource('intake');
    const file = new FileComplaint(intake, new FilingSecrets(randomBytes(32), randomBytes(32)), new FilingDesk(intake, await givenRules()));
    const input = {
      idempotencyKey: '7d0f4e34-93bb-4f6b-9f43-0f1c9f6f1a11',
      channel: 'api',
      complaint: GIVEN_COMPLAINT,
      now: new Date(),
    } as const;
    await expect(file.run(input)).rejects.toThrow('there is no desk team');
  });

  it('refuses a weak password and stores nothing', async () => {
    const setUp = new SetUpInstitution(await empty.dataSource('owner'));
    const firstMember = { ...staff, signInName: 'first', password: 'short' };
    expect(await setUp.run({ workerPublicKey: randomBytes(32), deskName: 'Desk', firstMember, now: new Date() })).toEqual({
      ok: false,
      code: 'staff_refused',
      reason: 'password_too_short',
    });
  });

  it('happens once, also when five try at the same moment, and shows the recovery key to one', async () => {
    const owner = await empty.dataSource('owner');
    const { publicKey } = generateKeyPair();
    const input = { workerPublicKey: publicKey, deskName: 'Desk', firstMember: { ...staff, signInName: 'first' }, now: new Date() };
    const results = await Promise.all(Array.from({ length: 5 }, () => new SetUpInstitution(owner).run(input)));
    expect(results.filter((result) => result.ok && !result.alreadySetUp)).toHaveLength(1);
    expect(results.every(({ ok }) => ok)).toBe(true);
    const other = { ...input, workerPublicKey: randomBytes(32) };
    expect(await new SetUpInstitution(owner).run(other)).toEqual({ ok: false, code: 'worker_key_differs' });
    expect(await owner.query(`SELECT kind FROM vault_key ORDER BY kind`)).toEqual([{ kind: 'recovery' }, { kind: 'worker' }]);
    expect(await owner.query('SELECT type, actor_kind, actor_id, staff_id IS NULL AS nobody FROM staff_event ORDER BY seq')).toEqual(
      ['account_made', 'team_made', 'joined_team', 'institution_set_up'].map((type) => ({
        type,
        actor_kind: 'operator',
        actor_id: null,
        nobody: type === 'institution_set_up',
      })),
    );
  }, 30_000);
});

describe('people, teams, companies and procedures', () => {
  const database = testDatabase();
  let given: Given;
  beforeAll(async () => {
    given = await Given.in(database);
  }, 60_000);

  it('hands a team’s key on only by somebody who holds it', async () => {
    const { administrator, supervisor } = given.institution;
    const add = new AddStaff(given.owner);
    const teams = [{ code: 'desk', teamRole: 'member' as const }];
    const one = { ...staff, signInName: 'new.one' };
    expect(await add.run({ actor: administrator, staff: one, teams, now: new Date() })).toEqual({
      ok: false,
      code: 'not_on_team',
      team: 'desk',
    });
    const made = await add.run({ actor: supervisor, staff: one, teams, now: new Date() });
    const events = await listStaffEvents(given.owner.manager, made.ok ? made.staffId : '');
    const byOperator = { actorKind: 'operator', actorId: supervisor.staffId };
    expect(events).toMatchObject([
      { type: 'account_made', payload: { role: 'supervisor' }, ...byOperator },
      { type: 'joined_team', payload: { teamId: supervisor.teams[0]?.id, teamRole: 'member' }, ...byOperator },
    ]);
    expect(events).toHaveLength(2);
    expect(await add.run({ actor: supervisor, staff: { ...one, signInName: 'NEW.one' }, teams, now: new Date() })).toEqual({
      ok: false,
      code: 'sign_in_name_taken',
    });
    expect(await add.run({ actor: supervisor, staff: { ...one, signInName: 'a b' }, teams, now: new Date() })).toEqual({
      ok: false,
      code: 'sign_in_name_invalid',
    });
  });

  it('records that a team was made, and its lead', async () => {
    const { director: actor } = given.institution;
    const made = await new AddTeam(given.owner).run({ actor, code: 'second', name: 'Second', now: new Date() });
    const teamId = made.ok ? made.teamId : '';
    expect((await listStaffEvents(given.owner.manager, actor.staffId)).slice(-2)).toMatchObject([
      { type: 'team_made', payload: { teamId }, actorKind: 'operator', actorId: null },
      { type: 'joined_team', payload: { teamId, teamRole: 'lead' }, actorKind: 'operator', actorId: null },
    ]);
  });

  it('refuses a team’s code that is taken', async () => {
    const { supervisor: actor } = given.institution;
    expect(await new AddTeam(given.owner).run({ actor, code: 'desk', name: 'x', now: new Date() })).toEqual({
      ok: false,
      code: 'code_taken',
    });
    expect(await new AddTeam(given.owner).run({ actor, code: 'The Desk', name: 'x', now: new Date() })).toEqual({
      ok: false,
      code: 'code_invalid',
    });
  });

  it('adds a company once, and none with a day or country that does not exist', async () => {
    const add = new AddCompany(given.owner);
    const company = { name: 'Twice Guarding (invented)', country: 'CH', membership: 'member' } as const;
    const first = await add.run(company);
    expect(first).toMatchObject({ ok: true, added: true });
    expect(await add.run(company)).toEqual({ ...first, added: false });
    expect(await add.run({ ...company, country: 'ZZ' })).toEqual({ ok: false, code: 'not_a_country' });
    expect(await add.run({ ...company, memberFrom: '2025-02-31' })).toEqual({ ok: false, code: 'not_a_date' });
  });

  it('publishes a version once, also when ten try at once, and never changes it', async () => {
    const text = (await remedyText()).replace('version: 1', 'version: 2');
    const publish = new PublishProcedure(given.owner, given.institution.rules);
    const results = await Promise.all(Array.from({ length: 10 }, () => publish.run({ text, fileName: 'remedy.yaml', now: new Date() })));
    expect(results.filter((result) => result.ok && result.published)).toHaveLength(1);
    expect(new Set(results.map((result) => result.ok && result.id)).size).toBe(1);
    const windows = { text: text.replaceAll('\n', '\r\n'), fileName: 'remedy.yaml', now: new Date() };
    expect(await publish.run(windows)).toMatchObject({ ok: true, published: false });
    const other = { text: text.replace('Remedy for harm', 'Remedy'), fileName: 'remedy.yaml', now: new Date() };
    expect(await publish.run(other)).toEqual({ ok: false, code: 'version_differs', procedure: 'remedy', version: 2 });
    const broken = await publish.run({
      text: text.replace('initial: received', 'initial: nowhere'),
      fileName: 'remedy.yaml',
      now: new Date(),
    });
    expect(broken).toMatchObject({ ok: false, code: 'invalid', problems: [{ file: 'remedy.yaml', code: 'unknown_stage' }] });
  });
});
