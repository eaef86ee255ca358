import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Given, remedyText, testDatabase } from '@recourse/testing';
import { EXIT } from '../command';
import { operate } from '../../test-support/operate';

const NOW = new Date('2026-03-20T12:00:00Z');

const database = testDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-published-'));
  const given = await Given.in(database, NOW);
  await given.filed({ now: NOW });
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) => operate(['procedure', ...words], { database, clock: NOW });

async function version(number: number, change: (text: string) => string = (text) => text): Promise<string> {
  const file = join(folder, `remedy-${number}.yaml`);
  await writeFile(file, change((await remedyText()).replace('version: 1', `version: ${number}`)));
  return file;
}

const longer = (text: string) => text.replace('within: 5 working_days', 'within: 6 working_days');

describe('published procedures', () => {
  it('are published with what check warns of, and with a note when a number jumps or comes too late', async () => {
    const unused = 'outcomes:\n  unused:\n    staffName: { en: Unused, ar: مهمل }\n    publicName: { en: Unused, ar: مهمل }\n';
    const warned = (text: string) => longer(text).replace(/^outcomes:\n/m, unused);
    const jumping = await version(4, warned);
    const checked = await run('check', jumping);
    const warning = checked.said.split('\n')[0] ?? '';
    expect(warning).toMatch(/^remedy-4\.yaml:\d+:\d+ .*\(only a warning\)$/);
    const published = await run('publish', jumping);
    expect([published.code, published.said]).toEqual([EXIT.ok, 'remedy, version 4: published.']);
    expect(published.noted.split('\n')).toEqual([
      warning,
      expect.stringContaining('It follows version 1: numbers between 1 and 4 were left out.'),
    ]);
    expect(await run('publish', await version(2, longer))).toEqual({
      code: EXIT.ok,
      said: 'remedy, version 2: published.',
      noted: 'Version 4 of remedy is published: complaints begin on that one, never on 2.',
    });
    expect(await run('publish', await version(5))).toEqual({ code: EXIT.ok, said: 'remedy, version 5: published.', noted: '' });
  });

  it('are listed with open cases and what begins on them', async () => {
    const { code, said } = await run('list');
    expect(code).toBe(EXIT.ok);
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^remedy, version 1 of 2026-03-20; Remedy for harm[^;]*; 1 open track$/),
      expect.stringMatching(/^remedy, version 2 of 2026-03-20; [^;]+; 0 open tracks$/),
      expect.stringMatching(/^remedy, version 4 of 2026-03-20; [^;]+; 0 open tracks$/),
      expect.stringMatching(
        /^remedy, version 5 of .*; 0 open tracks; complaints begin on it: harm, credible_evidence, company_mechanism, other$/,
      ),
    ]);
  });

  it('are printed as they were published, the highest version unless another is named', async () => {
    const text = (await remedyText()).trimEnd();
    expect(await run('show', 'remedy', '1')).toMatchObject({
      code: EXIT.ok,
      said: text,
      noted: expect.stringContaining('version 1, published') as unknown,
    });
    expect((await run('show', 'remedy')).said).toBe(text.replace('version: 1', 'version: 5'));
    expect(await run('show', 'remedy', '3')).toMatchObject({
      code: EXIT.refused,
      said: '',
      noted: 'remedy, version 3 is not published. There are: 1, 2, 4, 5.',
    });
    expect(await run('show', 'remdy')).toMatchObject({
      code: EXIT.refused,
      noted: 'No version of “remdy” is published. There are: remedy.',
    });
    expect(await run('show', 'remedy', 'last')).toMatchObject({ code: EXIT.usage });
  });

  it('are compared in words by their numbers', async () => {
    expect(await run('diff', 'remedy', '1', '2')).toMatchObject({
      code: EXIT.ok,
      said: expect.stringMatching(/^The clock “\w+”: the length – before: 5 working days; now: 6 working days\.$/) as unknown,
      noted: 'remedy, version 1, and remedy, version 2: 1 difference.',
    });
    expect(await run('diff', 'remedy', '1', '5')).toMatchObject({ code: EXIT.ok, said: '' });
    expect(await run('diff', 'remedy', '1', '9')).toMatchObject({
      code: EXIT.refused,
      noted: expect.stringContaining('version 9 is not published') as unknown,
    });
    expect(await run('diff', 'remedy', '1', 'new.yaml')).toMatchObject({ code: EXIT.usage });
  });

  it('are refused when they were damaged, whatever is asked of them, and the list says so by its exit code', async () => {
    const owner = await database.dataSource('owner');
    await owner.query('ALTER TABLE procedure_version DISABLE TRIGGER procedure_version_refuse_change');
    await owner.query(`UPDATE procedure_version SET document = document || '# x' WHERE version = 2`);
    await owner.query('ALTER TABLE procedure_version ENABLE ALWAYS TRIGGER procedure_version_refuse_change');
    const listed = await run('list');
    expect([listed.code, listed.said]).toEqual([EXIT.refused, expect.stringMatching(/^remedy, version 2 .*CANNOT BE READ/m)]);
    const refused = {
      code: EXIT.settings,
      said: '',
      noted: expect.stringContaining('remedy, version 2, is not what was published') as unknown,
    };
    expect(await run('show', 'remedy', '2')).toEqual(refused);
    expect(await run('diff', 'remedy', '1', '2')).toEqual(refused);
  });

  it('come from files; what cannot be read as one is said in words', async () => {
    expect(await run('check', join(folder, 'nowhere.yaml'))).toMatchObject({
      code: EXIT.noInput,
      noted: expect.stringMatching(/nowhere\.yaml cannot be read: there is no such file\.$/) as unknown,
    });
    expect((await run('check', folder)).noted).toMatch(/cannot be read: it is a folder\. Name the file in it\.$/);
  });
});
