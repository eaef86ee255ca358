import { PublishProcedure, UseProcedure } from '@recourse/cases';
import { Given, GIVEN_COMPLAINT, remedyText, testDatabase } from '@recourse/testing';

const database = testDatabase();
const now = new Date('2026-03-02T07:00:00Z');
let given: Given;
let use: UseProcedure;

beforeAll(async () => {
  given = await Given.in(database, now);
  use = new UseProcedure(given.owner);
  const text = (await remedyText()).replace('procedure: remedy', 'procedure: harbour');
  expect(await new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName: 'harbour.yaml', now })).toMatchObject({
    ok: true,
  });
}, 60_000);

/** On which procedure a complaint that is filed now begins. Each goes through a door of its own: an open one knows its desk for ten seconds. */
async function beginsOn(kind?: 'credible_evidence'): Promise<string | undefined> {
  const complaint = kind === undefined ? GIVEN_COMPLAINT : { ...GIVEN_COMPLAINT, kind };
  const { trackId } = await given.filed({ complaint, now });
  const [track] = await given.owner.query<{ procedure: string }[]>('SELECT procedure FROM track WHERE id = $1', [trackId]);
  return track?.procedure;
}

describe('the procedure on which a complaint begins', () => {
  it('is the one that setting up publishes, for as long as nobody has decided', async () => {
    expect(await beginsOn()).toBe('remedy');
  });

  it('is refused when it was never published, or for a kind that there is not', async () => {
    expect(await use.run({ procedure: 'harbor', now })).toEqual({ ok: false, code: 'unknown_procedure' });
    expect(await use.run({ procedure: 'harbour', kind: 'gossip', now })).toMatchObject({ ok: false, code: 'unknown_kind' });
  });

  it('can be decided for one kind, and then for all others', async () => {
    expect(await use.run({ procedure: 'harbour', kind: 'credible_evidence', now })).toEqual({ ok: true, changed: true, version: 1 });
    expect([await beginsOn('credible_evidence'), await beginsOn()]).toEqual(['harbour', 'remedy']);
    expect(await use.run({ procedure: 'harbour', now })).toMatchObject({ ok: true, changed: true });
    expect(await beginsOn()).toBe('harbour');
    expect(await use.run({ procedure: 'harbour', now })).toMatchObject({ ok: true, changed: false });
  });

  it('is kept as it was decided: no row can be changed or removed', async () => {
    await expect(given.owner.query(`UPDATE procedure_in_use SET procedure = 'remedy'`)).rejects.toThrow('append-only');
    await expect(given.casework.query(`INSERT INTO procedure_in_use SELECT * FROM procedure_in_use`)).rejects.toThrow('permission denied');
  });
});
