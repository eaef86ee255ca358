import { createHash } from 'node:crypto';
import { FireDeadline, ReadProcedures, ReadTrack, ReviewPublishedProcedures, RuleBook } from '@recourse/cases';
import { clockName, parseProcedure } from '@recourse/domain';
import { insertProcedureVersion } from '@recourse/persistence';
import { Given, remedyText, testDatabase } from '@recourse/testing';
import { v7 } from 'uuid';

const NOW = new Date('2026-03-02T07:00:00Z');

describe('a published procedure that this release would refuse', () => {
  const database = testDatabase();
  let given: Given;
  beforeAll(async () => {
    given = await Given.in(database, NOW);
  }, 60_000);

  /** As an older, laxer release would have published it: clocks without names, one that ends with nobody, a key that is gone. */
  const published = async (version: number, change: (text: string) => string): Promise<string> => {
    const document = change(await remedyText()).replace('version: 1', `version: ${version}`);
    expect(parseProcedure(document, 'remedy.yaml').ok).toBe(false);
    const id = v7();
    const contentHash = createHash('sha256').update(document, 'utf8').digest();
    await insertProcedureVersion(given.owner.manager, { id, procedure: 'remedy', version, contentHash, document, publishedAt: NOW });
    return id;
  };
  const flawed = (text: string) =>
    text
      .replace('version: 1', 'version: 1\ninventedBy: somebody')
      .replace(/^ {8}name: .*\n/gm, '')
      .replace(
        /(acknowledge:\n {8}within: 5 working_days[^]*?ladder:\n)(?: {10}.*\n)+/,
        '$1          - { after: 1 working_day, tell: desk }\n',
      );

  it('keeps working: a complaint begins on it, its pages open, its clocks fire', async () => {
    const id = await published(50, flawed);
    const rules = new RuleBook();
    const filed = await given.filed({ now: NOW });
    const rows = await given.owner.query<{ version: string; deadline: string }[]>(
      `SELECT t.procedure_version_id AS version, d.id AS deadline FROM track t JOIN deadline d ON d.track_id = t.id
       WHERE t.id = $1 AND d.kind = 'acknowledge'`,
      [filed.trackId],
    );
    expect(rows).toMatchObject([{ version: id }]);
    const { officer } = given.institution;
    expect((await new ReadProcedures(given.casework, rules).list(officer)).map(({ version }) => version)).toContain(50);
    const read = await new ReadProcedures(given.casework, rules).read('remedy', 50);
    expect(read).toMatchObject({ version: 50 });
    expect(clockName(read, 'decide_admissibility')).toEqual({ en: 'decide admissibility' });
    const page = await new ReadTrack(given.casework, rules).run({
      actor: officer,
      reference: filed.reference,
      track: filed.trackId,
      action: 'acknowledge',
      now: NOW,
    });
    expect(page).toMatchObject({ ok: true });
    const { fired } = await new FireDeadline(given.worker, rules).run({
      deadlineId: rows[0]!.deadline,
      now: new Date('2026-03-11T07:00:00Z'),
    });
    expect(fired).toHaveLength(1);
  });

  it('is told to whoever upgrades, with what is wrong with it', async () => {
    await published(51, (text) => text.replace('initial: received', 'initial: received\nextra: 1'));
    const outdated = await new ReviewPublishedProcedures(given.owner, new RuleBook()).run();
    expect(outdated).toMatchObject([
      {
        procedure: 'remedy',
        version: 50,
        openTracks: 1,
        problems: expect.arrayContaining([expect.objectContaining({ code: 'unknown_key' })]) as unknown,
      },
      { procedure: 'remedy', version: 51, openTracks: 0, problems: [{ code: 'unknown_key' }] },
    ]);
  });

  it('is an error only when there is nothing in it to go by', async () => {
    const id = await published(52, () => 'procedure: [');
    await expect(new RuleBook().procedure(given.owner.manager, id)).rejects.toThrow('cannot be read');
  });
});
