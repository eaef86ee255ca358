import { VerifyRecord } from '@recourse/cases';
import { Given, testDatabase } from '@recourse/testing';

const database = testDatabase();
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

/** Changes the record as only the owner of the server can: with its triggers off. */
async function tamper(sql: string, params: unknown[]): Promise<void> {
  await given.owner.query('ALTER TABLE case_event DISABLE TRIGGER case_event_refuse_change');
  try {
    await given.owner.query(sql, params);
  } finally {
    await given.owner.query('ALTER TABLE case_event ENABLE ALWAYS TRIGGER case_event_refuse_change');
  }
}

describe('verifying the record', () => {
  it('finds that an untouched record holds', async () => {
    const { reference } = await given.caseIn('screening');
    expect(await new VerifyRecord(given.owner).run({ reference })).toMatchObject({ ok: true, cases: 1, breaks: [] });
    expect(await new VerifyRecord(given.owner).run({ reference: 'RC-00000-00000' })).toMatchObject({ ok: true, cases: 0 });
  });

  it.each([
    ['a payload', `UPDATE case_event SET payload = '{"action": "x"}' WHERE case_id = $1 AND seq = 4`, { seq: 4, kind: 'content' }],
    [
      'a time',
      `UPDATE case_event SET occurred_at = occurred_at - interval '1 microsecond' WHERE case_id = $1 AND seq = 2`,
      { seq: 2, kind: 'content' },
    ],
    ['a sealed reason', `UPDATE case_event SET sealed_payload = '\\x01' WHERE case_id = $1 AND seq = 5`, { seq: 5, kind: 'content' }],
    ['an actor', `UPDATE case_event SET actor_kind = 'partner' WHERE case_id = $1 AND seq = 1`, { seq: 1, kind: 'content' }],
    ['a missing event', `DELETE FROM case_event WHERE case_id = $1 AND seq = 3`, { seq: 3, kind: 'gap' }],
    [
      'a missing end',
      `DELETE FROM case_event e WHERE case_id = $1 AND seq = (SELECT max(seq) FROM case_event WHERE case_id = $1)`,
      { kind: 'head' },
    ],
    ['a missing record', `DELETE FROM case_event WHERE case_id = $1`, { seq: 1, kind: 'head' }],
  ])('finds %s that was tampered with, in that case alone', async (_, sql, found) => {
    const untouched = await given.filed();
    const { reference } = await given.caseIn('screening');
    const { caseId } = await given.track(reference);
    await tamper(sql, [caseId]);
    expect(await new VerifyRecord(given.owner).run({ reference })).toMatchObject({ ok: false, breaks: [{ reference, ...found }] });
    expect(await new VerifyRecord(given.owner).run({ reference: untouched.reference })).toMatchObject({ ok: true });
    expect((await new VerifyRecord(given.owner).run()).breaks.map((broken) => broken.reference)).toContain(reference);
  });
});
