import { CheckProcedure, PublishProcedure, type PublishProcedureInput, RuleBook } from '@recourse/cases';
import { formatProblem } from '@recourse/domain';
import { Given, remedyText, testDatabase } from '@recourse/testing';

const NOW = new Date('2026-03-02T07:00:00Z');

describe('publishing a procedure for the people who are there', () => {
  const database = testDatabase();
  let given: Given;
  let version = 1;
  beforeAll(async () => {
    given = await Given.in(database, NOW);
  }, 60_000);
  afterEach(async () => {
    await given.owner.query('UPDATE staff_member SET active = true');
  });

  /** The shipped procedure under the next number, changed as a test needs it. */
  const nextVersion = async (change: (text: string) => string = (text) => text): Promise<string> => {
    version += 1;
    return change(await remedyText()).replace('version: 1', `version: ${version}`);
  };
  const publish = (text: string, over: Partial<PublishProcedureInput> = {}) =>
    new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName: 'remedy.yaml', now: NOW, ...over });
  const leave = (...roles: readonly string[]) => given.owner.query('UPDATE staff_member SET active = false WHERE role = ANY ($1)', [roles]);
  const problemsOf = (result: Awaited<ReturnType<typeof publish>>) =>
    !result.ok && result.code === 'invalid' ? result.problems.map(formatProblem) : result;
  const onlyDirectors = (text: string) =>
    text.replace(
      /(close_without_remedy:[^]*?)roles: \[officer, supervisor, director\]\n {4}approval: \{ roles: \[supervisor, director\]/,
      '$1roles: [director]\n    approval: { roles: [director]',
    );

  it('refuses what one person alone could ask for and agree to, with the line and how to mend it', async () => {
    const text = await nextVersion();
    await leave('officer', 'director');
    const line = text.slice(0, text.indexOf('    approval: {')).split('\n').length;
    const alone =
      `remedy.yaml:${line}:17 approver_is_actor: On the team “desk” one person alone may take “close_without_remedy” and agree to it. ` +
      'Add a second person with one of these roles to the team: supervisor, director; or let another role take it or agree.';
    expect(problemsOf(await publish(text))).toEqual([alone]);
    const checked = await new CheckProcedure(given.owner, given.institution.rules).run({ text, fileName: 'remedy.yaml' });
    expect(!checked.ok && checked.problems.map(formatProblem)).toEqual([alone]);
    await leave('supervisor');
    expect(problemsOf(await publish(text))).toEqual([
      expect.stringContaining('team_cannot_close: Nobody on the team “desk” can ever close a track that begins in “received”.'),
      expect.stringContaining('Nobody on the team “desk” may agree to “close_without_remedy”. Add a person with one of these roles'),
    ]);
    await given.owner.query(`UPDATE staff_member SET active = true WHERE role IN ('supervisor', 'officer')`);
    expect(await publish(text)).toMatchObject({ ok: true, published: true, unstaffed: [] });
  });

  it('refuses what nobody on the team could close, names who is missing, and tells it while staff are to come', async () => {
    const text = await nextVersion((it) =>
      it.replaceAll(/roles: [^\n]*(\n(?: {4}approval: .*\n)? {4}outcomes: )/g, 'roles: [supervisor]$1'),
    );
    await leave('supervisor');
    const lacking =
      'team_cannot_close: Nobody on the team “desk” can ever close a track that begins in “received”. ' +
      'Add a person with one of these roles to the team: supervisor; or let another role take';
    expect(problemsOf(await publish(text))).toEqual([expect.stringContaining(lacking)]);
    const checked = await new CheckProcedure(given.owner, given.institution.rules).run({ text, fileName: 'remedy.yaml' });
    expect(!checked.ok && checked.problems.map(formatProblem)).toEqual([expect.stringContaining(lacking)]);
    const toCome = await publish(text, { staffing: 'to_come' });
    expect(toCome).toMatchObject({ ok: true, published: true, unstaffed: [{ code: 'team_cannot_close' }] });
    await given.owner.query('UPDATE staff_member SET active = true');
    expect(await publish(await nextVersion(() => text.replace(/^version: \d+$/m, 'version: 1')))).toMatchObject({
      ok: true,
      published: true,
    });
  });

  it('says that it is published already, whoever has left since', async () => {
    const text = await nextVersion();
    expect(await publish(text)).toMatchObject({ published: true });
    await leave('officer', 'director');
    expect(await publish(text)).toMatchObject({ ok: true, published: false });
    expect(await publish(text.replace('Remedy for harm', 'Remedy'))).toMatchObject({ ok: false, code: 'version_differs' });
  });

  it('tells what nobody can agree to while the institution is being set up, and publishes it', async () => {
    const text = await nextVersion();
    await leave('officer', 'director');
    const published = await publish(text, { staffing: 'to_come' });
    expect(published).toMatchObject({ ok: true, published: true, unstaffed: [{ code: 'approver_is_actor' }] });
    const broken = await nextVersion((it) => it.replace('initial: received', 'initial: nowhere'));
    expect(await publish(broken, { staffing: 'to_come' })).toMatchObject({ ok: false, code: 'invalid' });
  });

  it('takes two directors for two people, and can read what it published', async () => {
    const text = await nextVersion(onlyDirectors);
    expect(problemsOf(await publish(text))).toEqual([expect.stringContaining('approver_is_actor: On the team “desk”')]);
    await given.owner.query(`UPDATE staff_member SET role = 'director' WHERE id = $1`, [given.institution.supervisor.staffId]);
    const published = await publish(text);
    await given.owner.query(`UPDATE staff_member SET role = 'supervisor' WHERE id = $1`, [given.institution.supervisor.staffId]);
    if (!published.ok) throw new Error(JSON.stringify(problemsOf(published)));
    expect(await new RuleBook().procedure(given.owner.manager, published.id)).toMatchObject({ version });
  });

  it('asks about every team that has cases, and about no other one', async () => {
    const text = await nextVersion();
    await given.stranger();
    const { supervisor, officer } = given.institution;
    const teamOf = `(SELECT id FROM team WHERE code = 'field')`;
    await given.owner.query(`UPDATE team_member SET staff_id = $1 WHERE staff_id = $2 AND team_id = ${teamOf}`, [
      officer.staffId,
      supervisor.staffId,
    ]);
    const { trackId } = await given.filed({ now: NOW });
    await given.owner.query(`UPDATE track SET team_id = ${teamOf} WHERE id = $1`, [trackId]);
    expect(problemsOf(await publish(text))).toEqual([expect.stringContaining('Nobody on the team “field” may agree')]);
    await given.owner.query('UPDATE track SET closed_at = now() WHERE id = $1', [trackId]);
    expect(await publish(text)).toMatchObject({ ok: true, published: true });
  });

  it('publishes two that open each other together, and neither when one of them is refused', async () => {
    const opening = async (code: string, other: string) =>
      (await remedyText())
        .replace('procedure: remedy', `procedure: ${code}`)
        .replace(
          '  acknowledge:\n    name:',
          `  begin_${other}:\n    name: { en: Begin another, ar: ابدأ غيره }\n    from: screening\n    to: same\n    roles: officer\n    opens: ${other}\n  acknowledge:\n    name:`,
        );
    const [one, other] = [await opening('first_rules', 'second_rules'), await opening('second_rules', 'first_rules')];
    expect(problemsOf(await publish(one))).toEqual([expect.stringContaining('unknown_procedure: There is no procedure “second_rules”.')]);
    const broken = { text: other.replace('initial: received', 'initial: nowhere'), fileName: 'second.yaml' };
    expect(problemsOf(await publish(one, { together: [broken] }))).toEqual([expect.stringContaining('second.yaml')]);
    const count = async () => (await given.owner.query<unknown[]>(`SELECT FROM procedure_version WHERE procedure LIKE '%_rules'`)).length;
    expect(await count()).toBe(0);
    const checked = await new CheckProcedure(given.owner, given.institution.rules).run({
      text: one,
      fileName: 'first.yaml',
      together: [{ text: other, fileName: 'second.yaml' }],
    });
    expect(checked.ok).toBe(true);
    expect(await publish(one, { together: [{ text: other, fileName: 'second.yaml' }] })).toMatchObject({
      procedure: 'first_rules',
      published: true,
      together: [{ procedure: 'second_rules', published: true }],
    });
    expect(await count()).toBe(2);
  });

  it('publishes one of two documents that come at once under the same number', async () => {
    const text = await nextVersion();
    const other = text.replace('Remedy for harm', 'Remedy');
    const results = await Promise.all(Array.from({ length: 10 }, (_, index) => publish(index % 2 === 0 ? text : other)));
    expect(results.filter((result) => result.ok && result.published)).toHaveLength(1);
    const [same, differing] = [
      results.filter((result) => result.ok),
      results.filter((result) => !result.ok && result.code === 'version_differs'),
    ];
    expect([same.length, differing.length]).toEqual([5, 5]);
  });
});
