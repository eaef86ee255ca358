import { insertProcedureVersion } from '@recourse/persistence';
import { aProcedureVersion, Given, remedyText, tamperWith, testDatabase, type GivenCase } from '@recourse/testing';
import { RuleBook } from '../procedures/rule-book';
import { FindStuckCases } from './find-stuck-cases';
import { TellOfStuckCases } from './tell-of-stuck-cases';

const NOW = new Date('2026-03-02T07:00:00Z');

describe('the search for stuck cases, when what is published was damaged', () => {
  const database = testDatabase();
  let given: Given;
  let under: { readonly sound: GivenCase; readonly damaged: GivenCase };
  beforeAll(async () => {
    given = await Given.in(database, NOW);
    const sound = await given.filed({ now: NOW });
    const version = aProcedureVersion({ version: 2, document: (await remedyText()).replace('version: 1', 'version: 2') });
    await insertProcedureVersion(given.owner.manager, version);
    const damaged = await given.caseIn('admissible', { now: NOW });
    const closing = { outcome: 'unable_to_determine', reason: 'Nobody knows.', message: 'We could not find out.' };
    await given.performed(damaged, { action: 'close_without_remedy', actor: given.institution.supervisor, ...closing, now: NOW });
    await given.owner.query('UPDATE deadline SET next_fire_at = NULL');
    under = { sound, damaged };
  }, 60_000);

  const damage = (table: 'procedure_version' | 'calendar_version', which: string) =>
    tamperWith(given.owner, table, `UPDATE ${table} SET document = document || '# x' WHERE ${which}`);
  /** As a process that has just started, which has read nothing yet. */
  const found = async () => {
    const search = new FindStuckCases(given.worker, new RuleBook());
    return (await new TellOfStuckCases(given.worker, search).run({ now: NOW })).map(({ kind, reference }) => [kind, reference]);
  };

  it('finds the cases of a damaged version, goes on with the others, and tells of it', async () => {
    const { sound, damaged } = under;
    await damage('procedure_version', 'version = 2');
    expect(await found()).toEqual([
      ['rules_unreadable', damaged.reference],
      ['clock_without_moment', sound.reference],
    ]);
    const told = await given.owner.query<unknown[]>(`SELECT 1 FROM notification WHERE kind = 'staff_stuck_cases'`);
    expect(told.length).toBeGreaterThan(0);
  });

  it('finds every case whose rules name a damaged calendar, for then nothing can be done with it, and goes on with what needs no rules', async () => {
    const { sound, damaged } = under;
    await damage('calendar_version', `calendar = 'gulf'`);
    expect(await found()).toContainEqual(['clock_without_moment', sound.reference]);
    await damage('calendar_version', `calendar = 'geneva'`);
    await given.owner.query('UPDATE deadline SET set_aside_at = $2 WHERE track_id = $1', [sound.trackId, NOW]);
    expect(await found()).toEqual([
      ['rules_unreadable', sound.reference],
      ['rules_unreadable', damaged.reference],
      ['clock_set_aside', sound.reference],
    ]);
  });
});
