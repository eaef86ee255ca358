import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FireDeadline, MoveTracks, PublishProcedure } from '@recourse/cases';
import { projectRoot } from '@recourse/config';
import { Given, remedyText, testDatabase, type GivenCase } from '@recourse/testing';
import { EXIT } from '../command';
import { operate } from '../../test-support/operate';

/** A Monday, before work in Geneva. An acknowledgement is due within 5 working days: on the evening of the next one. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const FRIDAY = new Date('2026-03-06T10:00:00Z');
const TUESDAY_AFTER = new Date('2026-03-10T10:00:00Z');

const database = testDatabase();
let folder: string;
let given: Given;
let inTime: GivenCase;
let late: GivenCase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-simulate-'));
  given = await Given.in(database, MONDAY);
  inTime = await given.filed({ now: MONDAY });
  late = await given.filed({ now: MONDAY });
  const withdraw = { action: 'withdraw', inputs: { asked_by: 'message', forced: 'no_sign' } };
  const fire = (at: string) => new FireDeadline(given.worker, given.institution.rules).runDue({ now: new Date(at), limit: 10 });
  await fire('2026-03-05T22:59:59.999Z');
  await given.performed(inTime, { ...withdraw, now: FRIDAY });
  await fire('2026-03-09T22:59:59.999Z');
  await given.performed(late, { ...withdraw, now: TUESDAY_AFTER });
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) =>
  operate(['procedure', 'simulate', ...words], { database, clock: new Date('2026-03-20T12:00:00Z') });

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('procedure simulate', () => {
  it('finds nothing different under the rules that held', async () => {
    const file = await written('same.yaml', await remedyText());
    const { code, said, noted } = await run(file, '--against', 'history');
    expect(code).toBe(EXIT.ok);
    expect(said).toContain('Under remedy, version 1: 2 tracks were replayed; for 0 of them something would have been different.');
    expect(said).toContain('acknowledge: started 2; ran out 1; warning 1 2');
    expect(said).not.toMatch(/->|not compared|RC-|other warnings/);
    expect(noted).toContain('What is sealed was not opened. Nothing was changed.');
  });

  it('says for each case what would have run out, and counts', async () => {
    const file = await written('shorter.yaml', (await remedyText()).replace('within: 5 working_days', 'within: 3 working_days'));
    const { code, said } = await run(file);
    expect(code).toBe(EXIT.ok);
    expect(said).toContain(
      `${inTime.reference}: the clock “acknowledge” of 2026-03-02 would have run out on 2026-03-05T22:59Z; told: warning 1`,
    );
    expect(said).toContain(`${late.reference}: of the clock “acknowledge” of 2026-03-02 these would have been told: warning 1, rung 1`);
    expect(said).toMatch(/acknowledge: started 2; ran out 1 -> 2; rung 1 0 -> 1/);
  });

  it('says where people did what would have been refused', async () => {
    const file = await written('no-way.yaml', (await remedyText()).replace('\n  withdraw:', '\n  take_back:'));
    const { said } = await run(file);
    expect(said).toContain(
      `${inTime.reference}: “withdraw”, taken on 2026-03-06, would have been refused in the stage “received”: there is no such action. It is compared up to there.`,
    );
    expect(said).toContain('2 tracks stop where people did what would have been refused');
    expect(said).toContain('2 times “withdraw” in the stage “received”: unknown_action');
  });

  it('replays every case under another calendar', async () => {
    const text = await readFile(join(projectRoot, 'libs/domain/calendars/geneva.yaml'), 'utf8');
    const file = await written('closed.yaml', `${text}closures:\n  2026-03-03/2026-03-06: The roof is mended\n`);
    const { code, said } = await run('--against', 'history', '--calendar', file);
    expect(code).toBe(EXIT.ok);
    expect(said).toContain(
      `${late.reference}: the clock “acknowledge” of 2026-03-02 would not have run out; by its own rules it does on 2026-03-09T22:59Z`,
    );
    expect(said).toContain('Under the calendar geneva: 2 tracks were replayed; for 2 of them');
  });

  it('says that no case ran under a procedure, names those under which some did, and replays them when told to', async () => {
    const file = await written(
      'harbour.yaml',
      (await remedyText()).replace('procedure: remedy', 'procedure: harbour').replace('within: 5 working_days', 'within: 3 working_days'),
    );
    expect(await run(file, '--against', 'history')).toEqual({
      code: EXIT.refused,
      said: '',
      noted:
        'No case ran under “harbour”. There are cases of: “remedy”. To replay those of one of them: --as remedy. Nothing was replayed.',
    });
    expect(await run(file, '--as', 'remdy')).toMatchObject({
      code: EXIT.refused,
      noted: expect.stringContaining('No case ran under “remdy”') as unknown,
    });
    const { code, said } = await run(file, '--as', 'remedy');
    expect(code).toBe(EXIT.ok);
    expect(said).toContain('Cases of the procedure “remedy” are replayed.');
    expect(said).toContain(`${inTime.reference}: the clock “acknowledge” of 2026-03-02 would have run out on 2026-03-05T22:59Z`);
    expect(said).toContain('Under harbour, version 1: 2 tracks were replayed');
    expect(await run('--as', 'remedy', '--calendar', file)).toMatchObject({ code: EXIT.usage });
  });

  it('answers as other commands do what it cannot use, and writes nothing', async () => {
    const bad = await written('bad.yaml', (await remedyText()).replace('initial: received', 'initial: nowhere'));
    expect(await run(bad)).toMatchObject({ code: EXIT.refused, said: expect.stringContaining('unknown_stage') as unknown });
    expect(await run(join(folder, 'none.yaml'))).toMatchObject({ code: EXIT.noInput });
    expect(await run(bad, '--against', 'hope')).toMatchObject({ code: EXIT.usage });
    expect(await run('--against', 'history')).toMatchObject({ code: EXIT.usage });
    const [row] = await given.owner.query<{ opened: number }[]>(
      `SELECT count(*)::int AS opened FROM case_event WHERE type = 'sealed_content_opened'`,
    );
    expect(row?.opened).toBe(0);
  });

  it('compares a case that was moved to another version, through the move', async () => {
    await given.filed({ now: new Date('2026-03-16T07:00:00Z') });
    const now = new Date('2026-03-17T07:00:00Z');
    const text = (await remedyText()).replace('version: 1', 'version: 2');
    await new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName: 'remedy.yaml', now });
    const move = new MoveTracks(given.owner, given.institution.rules);
    expect(
      await move.run({ procedure: 'remedy', from: 1, to: 2, mapping: { text: '{}', fileName: 'none.yaml' }, isPreview: false, now }),
    ).toMatchObject({ ok: true });
    const { said } = await run(await written('second.yaml', text));
    expect(said).not.toContain('not compared');
    expect(said).toContain('3 tracks were replayed; for 0 of them');
  });
});
