import { randomUUID } from 'node:crypto';
import { VerifyRecord, type VerifyRecordResult } from '@recourse/cases';
import { inTransaction } from '@recourse/persistence';
import { Given, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { recordStaffEvent } from '../staff/record-staff-event';

const database = testDatabase();

/** Changes an event and computes its hash anew, as somebody does who has read this program. */
const MENDED = `UPDATE staff_event SET payload = '{"putBack": 7}', hash = recourse_chain_hash(
  prev_hash, 'staff', staff_id, seq, type, '{"putBack": 7}', 'staff', actor_id, occurred_at, NULL) WHERE seq = 2`;
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

/** Changes the record as only the owner of the server can: with its triggers off. */
async function tamper(sql: string, params: unknown[] = [], table = 'case_event'): Promise<void> {
  await given.owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_refuse_change`);
  try {
    await given.owner.query(sql, params);
  } finally {
    await given.owner.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_refuse_change`);
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

describe('verifying the record of accounts and teams', () => {
  /** Rolled back by throwing, so that each finds the chain whole. */
  const verified = async (...tampering: string[]): Promise<VerifyRecordResult> => {
    let result: VerifyRecordResult | undefined;
    const tampered = given.owner.transaction(async (tx) => {
      for (const table of ['staff_event', 'staff_chain']) await tx.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      for (const sql of tampering) await tx.query(sql);
      result = await new VerifyRecord({ manager: tx } as DataSource).run();
      throw new Error('rolled back');
    });
    await expect(tampered).rejects.toThrow('rolled back');
    return result ?? Promise.reject(new Error('nothing was verified'));
  };

  beforeAll(async () => {
    const { officer, supervisor, director } = given.institution;
    for (const [index, { staffId }] of [officer, director, officer, supervisor, officer].entries()) {
      const event = { type: 'left_team', payload: { teamId: randomUUID(), putBack: index }, staffId, actorId: supervisor.staffId } as const;
      await inTransaction(given.casework, (tx) => recordStaffEvent(tx, { ...event, now: new Date(Date.UTC(2026, 0, 1) + index) }));
    }
  });

  it('finds that an untouched one holds, and does not look at it when one case is asked for', async () => {
    const { reference } = await given.filed();
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ staff: { events: 5 } });
    expect((await new VerifyRecord(given.owner).run()).staff).not.toHaveProperty('break');
    expect(await new VerifyRecord(given.owner).run({ reference })).not.toHaveProperty('staff');
  });

  const OTHER = `(SELECT id FROM staff_member WHERE sign_in_name = 'administrator')`;
  it.each<[string, string[], object]>([
    ['a payload', [`UPDATE staff_event SET payload = payload || '{"putBack": 9}' WHERE seq = 4`], { seq: 4, kind: 'content' }],
    ['a time', [`UPDATE staff_event SET occurred_at = occurred_at + interval '1 microsecond' WHERE seq = 2`], { seq: 2, kind: 'content' }],
    ['whom it is about', [`UPDATE staff_event SET staff_id = ${OTHER} WHERE seq = 3`], { seq: 3, kind: 'content' }],
    ['that it was about nobody', [`UPDATE staff_event SET staff_id = NULL WHERE seq = 3`], { seq: 3, kind: 'content' }],
    ['who did it', [`UPDATE staff_event SET actor_id = ${OTHER} WHERE seq = 5`], { seq: 5, kind: 'content' }],
    ['a type', [`UPDATE staff_event SET type = 'password_changed' WHERE seq = 1`], { seq: 1, kind: 'content' }],
    ['a changed event whose own hash was mended', [MENDED], { seq: 3, kind: 'link' }],
    ['a missing event', ['DELETE FROM staff_event WHERE seq = 3'], { seq: 3, kind: 'gap' }],
    [
      'a missing event whose number was closed up',
      [
        'DELETE FROM staff_event WHERE seq = 3',
        'UPDATE staff_event SET seq = seq - 1 WHERE seq = 4',
        'UPDATE staff_event SET seq = 4 WHERE seq = 5',
      ],
      { seq: 3, kind: 'link' },
    ],
    [
      'two events in another order',
      [
        'UPDATE staff_event SET seq = 99 WHERE seq = 2',
        'UPDATE staff_event SET seq = 2 WHERE seq = 3',
        'UPDATE staff_event SET seq = 3 WHERE seq = 99',
      ],
      { seq: 2, kind: 'link' },
    ],
    ['a missing end', ['DELETE FROM staff_event WHERE seq = 5'], { seq: 5, kind: 'head' }],
    ['a missing record', ['DELETE FROM staff_event'], { seq: 1, kind: 'head' }],
    ['a missing head', ['DELETE FROM staff_chain'], { seq: 6, kind: 'head' }],
    ['another head', [`UPDATE staff_chain SET last_hash = sha256('x')`], { seq: 5, kind: 'head' }],
  ])('finds %s that was tampered with', async (_, tampering, found) => {
    expect(await verified(...tampering)).toMatchObject({ ok: false, staff: { break: found } });
  });
});
