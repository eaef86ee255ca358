import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '@recourse/clock';
import { projectRoot } from '@recourse/config';
import { insertProcedureVersion } from '@recourse/persistence';
import {
  aProcedureVersion,
  createTestDatabase,
  GIVEN_PASSWORD,
  insertCaseWithTrack,
  insertDesk,
  remedyText,
  type TestDatabase,
  tampered,
} from '@recourse/testing';
import { STANDARD_PASSWORD_COST } from '@recourse/vault';
import { EXIT } from './command';
import { operate } from '../test-support/operate';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'recourse-operator-'));
}, 60_000);
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command on the private database, as the command line would. */
const run = (words: readonly string[], secrets: readonly string[] = [], own: Record<string, string> = {}) =>
  operate(words, {
    database,
    clock: new SystemClock(),
    secrets,
    environment: {
      RECOURSE_WORKER_SECRET_KEY: '5a'.repeat(32),
      RECOURSE_RECEIPT_PEPPER: '1b'.repeat(32),
      RECOURSE_RECEIPT_SECRET: '2c'.repeat(32),
      ...own,
    },
  });

const person = (signInName: string) => ['--sign-in-name', signInName, '--name', 'A Person', '--email', 'person@recourse.example'];

describe('the operator, in the order of a new institution', () => {
  it('migrates, and again without effect', async () => {
    expect(await run(['migrate'])).toMatchObject({ code: EXIT.ok, noted: expect.stringContaining('up to date') as unknown });
  }, 30_000);

  it('sets up once, shows the recovery key once, and publishes the procedure', async () => {
    const first = await run(['setup', ...person('lead')], [GIVEN_PASSWORD]);
    expect(first).toMatchObject({ code: EXIT.ok, said: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    expect(first.noted).toContain('Procedure remedy, version 1: published.');
    expect(first.noted).toContain('Before the first complaint: On the team “desk” one person alone may take “close_without_remedy”');
    const again = await run(['setup', ...person('lead')], [GIVEN_PASSWORD]);
    expect(again).toMatchObject({ code: EXIT.ok, said: '' });
    const other = await run(['setup', ...person('lead')], [GIVEN_PASSWORD], { RECOURSE_WORKER_SECRET_KEY: '77'.repeat(32) });
    expect(other).toMatchObject({ code: EXIT.refused, noted: expect.stringContaining('another RECOURSE_WORKER_SECRET_KEY') as unknown });
    const otherPepper = await run(['setup', ...person('lead')], [GIVEN_PASSWORD], { RECOURSE_RECEIPT_PEPPER: '77'.repeat(32) });
    expect(otherPepper).toMatchObject({
      code: EXIT.settings,
      noted: expect.stringContaining('RECOURSE_RECEIPT_PEPPER is another than this database was used with') as unknown,
    });
  }, 30_000);

  it('adds staff with the key of a member, and nobody with a wrong password', async () => {
    const add = ['staff', 'add', '--as', 'lead', ...person('officer'), '--role', 'officer', '--team', 'desk'];
    expect(await run(add, ['a wrong password', GIVEN_PASSWORD])).toMatchObject({ code: EXIT.refused, said: '' });
    expect(await run(add, [GIVEN_PASSWORD, 'short'])).toMatchObject({
      code: EXIT.refused,
      noted: expect.stringContaining('12 characters') as unknown,
    });
    expect(await run(add, [GIVEN_PASSWORD, GIVEN_PASSWORD])).toMatchObject({ code: EXIT.ok });
    expect(await run([...add.slice(0, -2), '--role', 'king'])).toMatchObject({ code: EXIT.usage });
    for (const words of [add, ['setup', ...person('lead')]]) {
      expect(await run([...words, '--language', 'zz'])).toMatchObject({
        code: EXIT.usage,
        noted: '--language is one of: en, ar. See RECOURSE_LANGUAGES.',
      });
    }
  }, 30_000);

  it('lets somebody in whom a stranger’s guessing makes wait, and says when there is nobody of that name or nothing to forget', async () => {
    const owner = await database.dataSource('owner');
    await owner.query(
      `INSERT INTO sign_in_limit (subject, origin, failures, counted_since, locked_until, last_at)
       SELECT id, decode(repeat('00', 32), 'hex'), 60, now(), now() + interval '1 hour', now() FROM staff_member WHERE sign_in_name = 'officer'`,
    );
    expect(await run(['staff', 'admit', 'Officer'])).toMatchObject({
      code: EXIT.ok,
      said: expect.stringContaining('can sign in now') as unknown,
    });
    expect(await owner.query('SELECT FROM sign_in_limit l JOIN staff_member s ON s.id = l.subject')).toEqual([]);
    expect(await run(['staff', 'admit', 'officer'])).toMatchObject({
      code: EXIT.ok,
      said: expect.stringContaining('Nothing was changed') as unknown,
    });
    expect(await run(['staff', 'admit', 'nobody'])).toMatchObject({ code: EXIT.refused, noted: 'Nobody signs in as “nobody”.' });
    expect(await run(['staff', 'admit'])).toMatchObject({ code: EXIT.usage });
  });

  it('makes accounts at the standard cost of a guess, the first one too', async () => {
    const owner = await database.dataSource('owner');
    const accounts = await owner.query<{ name: string; kdf: unknown }[]>(
      'SELECT sign_in_name AS name, kdf FROM staff_member ORDER BY sign_in_name',
    );
    const standard = expect.objectContaining({ algorithm: 'argon2id', ...STANDARD_PASSWORD_COST }) as unknown;
    expect(accounts).toEqual([
      { name: 'lead', kdf: standard },
      { name: 'officer', kdf: standard },
    ]);
  });

  it('checks and publishes procedures, with every mistake and its line', async () => {
    const good = join(folder, 'good.yaml');
    const bad = join(folder, 'bad.yaml');
    const text = await remedyText();
    await writeFile(good, text.replace('version: 1', 'version: 2'));
    await writeFile(bad, text.replace('initial: received', 'initial: nowhere'));
    expect(await run(['procedure', 'check', good])).toMatchObject({
      code: EXIT.ok,
      said: expect.stringContaining('no mistakes') as unknown,
    });
    expect(await run(['procedure', 'check', bad])).toMatchObject({
      code: EXIT.refused,
      said: expect.stringMatching(/^bad\.yaml:\d+:\d+ unknown_stage/) as unknown,
    });
    expect(await run(['procedure', 'check', join(folder, 'none.yaml')])).toMatchObject({ code: EXIT.noInput });
    expect(await run(['procedure', 'publish', good])).toMatchObject({ code: EXIT.ok, said: 'remedy, version 2: published.' });
    expect(await run(['procedure', 'publish', good])).toMatchObject({ code: EXIT.ok, said: expect.stringContaining('already') as unknown });
    expect(await run(['procedure', 'publish', bad])).toMatchObject({ code: EXIT.refused });
  });

  it('refuses a procedure that lacks a language in which the pages are offered', async () => {
    const file = join(folder, 'only-english.yaml');
    const onlyEnglish = (await remedyText()).replace('version: 1', 'version: 7').replace(/^languages: .*$/m, 'languages: [en]');
    await writeFile(file, onlyEnglish.replace(/^ *ar: .*\n/gm, '').replace(/, ar: [^}]*}/g, ' }'));
    for (const command of ['check', 'publish']) {
      expect(await run(['procedure', command, file])).toMatchObject({
        code: EXIT.refused,
        said: expect.stringMatching(/^only-english\.yaml:\d+:\d+ language_missing: The pages are offered in “ar”/) as unknown,
      });
      expect((await run(['procedure', command, file], [], { RECOURSE_LANGUAGES: 'en' })).code).toBe(EXIT.ok);
    }
  });

  it('checks a procedure for the people who are there, and without a database for an institution like others, and says so', async () => {
    const file = join(folder, 'lonely.yaml');
    await writeFile(file, (await remedyText()).replace('approval: { roles: [supervisor, director]', 'approval: { roles: [director]'));
    expect(await run(['procedure', 'check', file])).toMatchObject({
      code: EXIT.refused,
      said: expect.stringMatching(/^lonely\.yaml:\d+:\d+ approver_is_actor: Nobody on the team “desk” may agree/) as unknown,
    });
    const anywhere = { code: EXIT.ok, said: expect.stringContaining('no mistakes') as unknown };
    for (const [url, why] of [
      ['', 'No database is named in RECOURSE_DATABASE_URL, and none is needed.'],
      ['postgres://nobody:nothing@127.0.0.1:1/recourse', 'The database does not answer'],
    ] as const) {
      const checked = await run(['procedure', 'check', file], [], { RECOURSE_DATABASE_URL: url });
      expect(checked).toMatchObject({ ...anywhere, noted: expect.stringContaining(why) as unknown });
      expect(checked.noted).toContain('checked without your institution');
    }
  });

  it('checks what procedures open, with a database and without: those beside it, those that are there, and those that are named', async () => {
    const remedy = await remedyText();
    const opening = async (name: string, opens: string) => {
      const file = join(folder, `${name}.yaml`);
      const action = `  look_again:\n    name: { en: Look again, ar: نظر جديد }\n    from: screening\n    to: same\n    roles: officer\n    opens: ${opens}\n`;
      await writeFile(file, remedy.replace('procedure: remedy', `procedure: ${name}`).replace(/^actions:\n/m, `actions:\n${action}`));
      return file;
    };
    const [one, other] = [await opening('one', 'other'), await opening('other', 'one')];
    const [shipped, lost] = [await opening('shipped', 'remedy'), await opening('lost', 'gone')];
    for (const env of [{}, { RECOURSE_DATABASE_URL: '' }]) {
      const check = (...words: string[]) => run(['procedure', 'check', ...words], [], env);
      expect(await check(one, other, shipped)).toMatchObject({ code: EXIT.ok });
      const alone = await check(one);
      expect(alone).toMatchObject({ code: EXIT.refused, said: expect.stringMatching(/^one\.yaml:\d+:\d+ unknown_procedure: /) as unknown });
      expect(await check(lost, one, other)).toMatchObject({
        code: EXIT.refused,
        said: expect.stringContaining('no procedure “gone”') as unknown,
      });
      expect(await check(lost, '--procedures', 'far,gone')).toMatchObject({ code: EXIT.ok });
    }
  });

  it('refuses a file that is not in UTF-8, with a sentence about encodings, and takes Windows line ends and a mark at the beginning', async () => {
    const text = (await remedyText()).replace('procedure: remedy', 'procedure: encoded');
    const check = async (bytes: Buffer) => {
      const file = join(folder, 'encoded.yaml');
      await writeFile(file, bytes);
      return run(['procedure', 'check', file]);
    };
    const inLatin = Buffer.from(text.replace('Remedy for harm', 'Remédy'), 'latin1');
    for (const bytes of [inLatin, Buffer.from(`\uFEFF${text}`, 'utf16le'), Buffer.from(text, 'utf16le')]) {
      const { code, noted } = await check(bytes);
      expect([code, noted]).toEqual([EXIT.noInput, expect.stringContaining('encoded.yaml is not written in UTF-8') as unknown]);
    }
    expect(await check(Buffer.from(`\uFEFF${text.replace(/\n/g, '\r\n')}`, 'utf8'))).toMatchObject({ code: EXIT.ok });
  });

  it('says in words what is different between two versions, and refuses one that proves wrong', async () => {
    const [older, newer, bad] = ['older.yaml', 'newer.yaml', 'wrong.yaml'].map((name) => join(folder, name)) as [string, string, string];
    const text = await remedyText();
    await writeFile(older, text);
    await writeFile(newer, text.replace('version: 1', 'version: 2').replace('within: 5 working_days', 'within: 6 working_days'));
    await writeFile(bad, text.replace('initial: received', 'initial: nowhere'));
    expect(await run(['procedure', 'diff', older, newer])).toMatchObject({
      code: EXIT.ok,
      said: expect.stringMatching(/^The clock “\w+”: the length – before: 5 working days; now: 6 working days\.$/) as unknown,
    });
    expect(await run(['procedure', 'diff', older, older])).toMatchObject({ code: EXIT.ok, said: '' });
    expect(await run(['procedure', 'diff', older, bad])).toMatchObject({ code: EXIT.refused });
    expect(await run(['procedure', 'diff', join(folder, 'none.yaml'), older])).toMatchObject({ code: EXIT.noInput });
  });

  it('says after an upgrade which published procedure could not be published today, and leaves it alone', async () => {
    const document = (await remedyText())
      .replace('procedure: remedy', 'procedure: old_rules')
      .replace('initial: received', 'initial: received\ngone: 1');
    const owner = await database.dataSource('owner');
    await insertProcedureVersion(owner.manager, aProcedureVersion({ procedure: 'old_rules', version: 1, document }));
    const { code, noted } = await run(['migrate']);
    expect(code).toBe(EXIT.ok);
    expect(noted).toContain('Procedure old_rules, version 1 (0 open tracks) goes on working, but could not be published today.');
    expect(noted).toMatch(/ {2}old_rules\.yaml:\d+:1 unknown_key: There is no “gone” here\./);
  });

  it('moves open cases to another version, and refuses a mapping that leaves one nowhere', async () => {
    const [renamed, mapping] = ['renamed.yaml', 'mapping.yaml'].map((name) => join(folder, name)) as [string, string];
    const text = await remedyText();
    await writeFile(renamed, text.replace('version: 1', 'version: 3').replaceAll(/\bscreening\b(?=[:,\]\n])/g, 'eligibility'));
    await writeFile(mapping, 'stages: { screening: eligibility }\n');
    expect(await run(['procedure', 'publish', renamed])).toMatchObject({ code: EXIT.ok });
    expect(await run(['procedure', 'move', 'remedy', '2', '3'])).toMatchObject({
      code: EXIT.refused,
      said: expect.stringContaining('moved_nowhere') as unknown,
      noted: expect.stringContaining('Nothing was changed') as unknown,
    });
    const preview = await run(['procedure', 'move', 'remedy', '2', '3', '--mapping', mapping, '--preview']);
    expect(preview).toMatchObject({ code: EXIT.ok, said: '', noted: '0 open cases would move. Nothing was changed.' });
    expect(await run(['procedure', 'move', 'remedy', '2', '9', '--mapping', mapping])).toMatchObject({ code: EXIT.refused });
    expect(await run(['procedure', 'move', 'remedy', 'old', 'new'])).toMatchObject({ code: EXIT.usage });
    expect(await run(['procedure', 'move', 'remedy', '2', '3', '--mapping', join(folder, 'none.yaml')])).toMatchObject({
      code: EXIT.noInput,
    });
  });

  it('checks, previews and publishes calendars, with every mistake and its line', async () => {
    const good = join(folder, 'calendar.yaml');
    const bad = join(folder, 'broken.yaml');
    const text = await readFile(join(projectRoot, 'libs/domain/calendars/geneva.yaml'), 'utf8');
    await writeFile(good, `${text}closures:\n  2026-12-28/2026-12-30: Between the years\n`);
    await writeFile(bad, text.replace('region: GE', 'region: Genf').replace('Europe/Zurich', 'Mars/Olympus'));
    expect(await run(['calendar', 'check', good])).toMatchObject({
      code: EXIT.ok,
      said: expect.stringMatching(/2026-12-25 +public holiday .*\n2026-12-28 +closed +Between the years/) as unknown,
      noted: expect.stringContaining('Public holidays of CH-GE from date-holidays') as unknown,
    });
    const mistakes = await run(['calendar', 'check', bad]);
    expect(mistakes).toMatchObject({ code: EXIT.refused, noted: '2 mistakes.' });
    expect(mistakes.said).toMatch(/^broken\.yaml:\d+:\d+ unknown_time_zone: .*\nbroken\.yaml:\d+:\d+ unknown_region: .* Known: /);
    expect(await run(['calendar', 'check', join(folder, 'none.yaml')])).toMatchObject({ code: EXIT.noInput });

    const preview = await run(['calendar', 'preview', good]);
    expect(preview).toMatchObject({ code: EXIT.ok, said: '' });
    expect(preview.noted).toContain('0 open clocks are counted by geneva; 0 would move');
    expect(preview.noted).toContain('calendar publish FILE --replaces 1');
    expect(await run(['calendar', 'publish', good, '--replaces', 'one'])).toMatchObject({ code: EXIT.usage });
    expect(await run(['calendar', 'publish', good])).toMatchObject({
      code: EXIT.refused,
      noted: expect.stringContaining('There is a calendar geneva already, version 1.') as unknown,
    });
    expect(await run(['calendar', 'publish', good, '--replaces', '1'])).toMatchObject({
      code: EXIT.ok,
      said: 'geneva, version 2: published.',
    });
    expect(await run(['calendar', 'publish', good])).toMatchObject({ code: EXIT.ok, said: expect.stringContaining('already') as unknown });
    await writeFile(good, text);
    const late = await run(['calendar', 'publish', good, '--replaces', '1']);
    expect(late).toMatchObject({ code: EXIT.refused, noted: expect.stringContaining('version 2 was published meanwhile') as unknown });
    expect(await run(['calendar', 'publish', bad])).toMatchObject({ code: EXIT.refused });

    expect((await run(['calendar', 'list'])).said).toMatch(
      /^geneva, version 2 of .*known until 2031-12-31; 0 open clocks\ngulf, version 1 of/,
    );
    expect((await run(['calendar', 'show', 'geneva'])).said).toContain('Between the years');
    expect((await run(['calendar', 'show', 'geneva', '--version', '1'])).said).not.toContain('Between the years');
    expect(await run(['calendar', 'show', 'atlantis'])).toMatchObject({ code: EXIT.refused });
  }, 30_000);

  it('says when the holidays of a calendar run out', async () => {
    const file = join(folder, 'ending.yaml');
    const text = await readFile(join(projectRoot, 'libs/domain/calendars/gulf.yaml'), 'utf8');
    await writeFile(file, text.replace('calendar: gulf', 'calendar: ending').replace('2025-2031', '2025-2025'));
    expect(await run(['calendar', 'publish', file])).toMatchObject({ code: EXIT.ok });
    expect(await run(['calendar', 'list'])).toMatchObject({
      code: EXIT.refused,
      noted: expect.stringContaining('ending: holidays are known until 2025-12-31 only') as unknown,
    });
  });

  it('adds a company', async () => {
    expect(await run(['company', 'add', 'Lamp Guarding (invented)', '--country', 'CH'])).toMatchObject({ code: EXIT.ok });
    expect(await run(['company', 'add', 'Lamp Guarding (invented)', '--country', 'Switzerland'])).toMatchObject({ code: EXIT.refused });
  });

  it('says of each row of the published rules that was damaged, moved or taken away what is wrong with it', async () => {
    const owner = await database.dataSource('owner');
    const said = async (change: string): Promise<string> => {
      let result: Awaited<ReturnType<typeof run>> | undefined;
      await tampered(owner, 'calendar_version', `UPDATE calendar_version SET ${change}`, async () => {
        result = await run(['verify-record']);
      });
      expect(result?.code).toBe(EXIT.refused);
      return result?.said ?? '';
    };
    expect(await said(`document = document || '# x' WHERE calendar = 'gulf'`)).toContain(
      'The calendar gulf, version 1, is not what was published. Restore its row from a backup; until then nothing goes by it.',
    );
    expect(await said(`calendar = 'geneva', version = 9 WHERE calendar = 'gulf'`)).toMatch(
      /The calendar geneva, version 9, is not what was published: its row is one of gulf\. Restore the rows of both/,
    );
    const numbered = await said(`version = 3 WHERE calendar = 'gulf'`);
    expect(numbered).toContain('The calendar gulf, version 1, is missing, although a later version, a clock or a procedure needs it.');
    expect(numbered).toContain('THE RECORD IS BROKEN in 1 place of');
  });

  it('verifies a record that is empty, and says when there is no such case', async () => {
    const verified = await run(['verify-record']);
    const [, end = ''] =
      /^The record holds: 0 cases, 0 events; accounts and teams, 9 events; \d+ published versions of rules\.\nAccounts and teams end at (9:[0-9a-f]{64})$/.exec(
        verified.said,
      ) ?? [];
    expect([verified.code, await run(['verify-record', '--end', end])]).toEqual([EXIT.ok, verified]);
    const other = await run(['verify-record', '--end', end.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]);
    expect(other).toMatchObject({
      code: EXIT.refused,
      said: expect.stringContaining('Accounts and teams, event 9: events are missing') as string,
    });
    expect(await run(['verify-record', '--end', 'yesterday'])).toMatchObject({ code: EXIT.usage });
    expect(await run(['verify-record', 'RC-00000-00000', '--end', end])).toMatchObject({
      code: EXIT.usage,
      noted: expect.stringContaining('it says nothing about one case') as unknown,
    });
    expect(await run(['verify-record', 'RC-00000-00000'])).toMatchObject({ code: EXIT.refused });
    expect(await run(['verify-record', 'nonsense'])).toMatchObject({ code: EXIT.usage });
  });

  it('finds the cases that are stuck, with what is wrong and what to do, and says so by its exit code', async () => {
    expect(await run(['stuck-cases'])).toMatchObject({ code: EXIT.ok, said: '', noted: 'No case is stuck.' });
    const owner = await database.dataSource('owner');
    const { caseFile } = await owner.transaction(async (tx) => insertCaseWithTrack(tx, await insertDesk(tx)));
    const { code, said } = await run(['stuck-cases']);
    expect(code).toBe(EXIT.refused);
    expect(said.split('\n')).toEqual([
      // The version of this row is an empty document.
      expect.stringMatching(`^${caseFile.reference}: its procedure, or a calendar that it names, is damaged .*To do: run verify-record`),
      expect.stringMatching(`^${caseFile.reference}: no time limit runs or waits, since .*To do: take the next action`),
      expect.stringMatching(`^${caseFile.reference}: nobody on its team answers for it, since .*To do: add an active lead`),
    ]);
    expect(await run(['stuck-cases', 'all'])).toMatchObject({ code: EXIT.usage });
  });

  it('makes no demo workspace in production, nor where somebody else works', async () => {
    expect(await run(['seed-demo'], [], { RECOURSE_MODE: 'production' })).toMatchObject({ code: EXIT.refused, said: '' });
    expect(await run(['seed-demo'])).toMatchObject({
      code: EXIT.settings,
      noted: expect.stringContaining('Not with this database: it has people of its own') as unknown,
    });
    // It stays fit for production.
    expect(await run(['migrate'], [], { RECOURSE_MODE: 'production' })).toMatchObject({ code: EXIT.ok });
  }, 30_000);

  it('says that other secrets are meant, and what is lost by it unless it is given up', async () => {
    expect(await run(['secrets', 'replace'])).toMatchObject({
      code: EXIT.ok,
      said: expect.stringContaining('Nothing was changed') as unknown,
    });
    const others = { RECOURSE_RECEIPT_PEPPER: '77'.repeat(32), RECOURSE_WORKER_SECRET_KEY: '78'.repeat(32) };
    expect(await run(['secrets', 'replace'], [], others)).toEqual({
      code: EXIT.refused,
      said: '',
      noted: expect.stringMatching(
        /^Receipts that would stop working with another RECOURSE_RECEIPT_PEPPER: [1-9]\d*\. .*--give-up-receipts.*\nNothing was changed\.$/,
      ) as unknown,
    });
    expect(await run(['secrets', 'replace', '--give-up-receipts'], [], others)).toMatchObject({
      code: EXIT.ok,
      said: 'Meant from now on: RECOURSE_RECEIPT_PEPPER, RECOURSE_WORKER_SECRET_KEY. Start intake and worker with these settings.',
    });
    expect(await run(['setup', ...person('lead')], [GIVEN_PASSWORD], others)).toMatchObject({ code: EXIT.ok });
    expect(await run(['setup', ...person('lead')], [GIVEN_PASSWORD])).toMatchObject({ code: EXIT.settings });
    expect(await run(['secrets', 'replace', '--give-up-receipts'])).toMatchObject({ code: EXIT.ok });
  }, 30_000);
});
