import { randomUUID } from 'node:crypto';
import { VerifyRecord, type VerifyRecordResult } from '@recourse/cases';
import { inTransaction } from '@recourse/persistence';
import { Given, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { byStaff, recordStaffEvent } from '../staff/record-staff-event';

const database = testDatabase();

/** Changes an event and computes its hash anew, as somebody does who has read this program. */
const MENDED = `UPDATE staff_event SET payload = '{"putBack": 7}', hash = recourse_chain_hash(
  prev_hash, 'staff', staff_id, seq, type, '{"putBack": 7}', 'staff', actor_id, occurred_at, NULL) WHERE seq = #2`;
/** An event as the trigger would have made it, put in without moving the head. */
const BEYOND = `INSERT INTO staff_event (id, staff_id, seq, type, payload, actor_kind, actor_id, occurred_at, prev_hash, hash)
  SELECT gen_random_uuid(), e.staff_id, e.seq + 1, e.type, e.payload, e.actor_kind, e.actor_id, e.occurred_at, e.hash,
         recourse_chain_hash(e.hash, 'staff', e.staff_id, e.seq + 1, e.type, e.payload, e.actor_kind, e.actor_id, e.occurred_at, NULL)
  FROM staff_event e WHERE e.seq = #5`;
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

/** Changes the record as only the owner of the server can: with its triggers off. */
async function tamper(sql: string, params: unknown[] = [], table = 'case_event'): Promise<void> {
  const triggers = [`${table}_refuse_change`, `${table}_append`];
  for (const trigger of triggers) await given.owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
  try {
    await given.owner.query(sql, params);
  } finally {
    for (const trigger of triggers) await given.owner.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
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
    [
      'an end that was added to',
      `INSERT INTO case_event (id, case_id, track_id, seq, type, payload, actor_kind, actor_id, occurred_at, prev_hash, hash)
       SELECT gen_random_uuid(), e.case_id, e.track_id, e.seq + 1, e.type, e.payload, e.actor_kind, e.actor_id, e.occurred_at, e.hash,
              recourse_chain_hash(e.hash, e.case_id::text, e.track_id, e.seq + 1, e.type, e.payload, e.actor_kind, e.actor_id, e.occurred_at, NULL)
       FROM case_event e WHERE case_id = $1 AND seq = (SELECT max(seq) FROM case_event WHERE case_id = $1)`,
      { kind: 'beyond' },
    ],
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
  const verified = (...tampering: string[]): Promise<VerifyRecordResult> => verifiedWith({}, ...tampering);
  const verifiedWith = async (input: Parameters<VerifyRecord['run']>[0], ...tampering: string[]): Promise<VerifyRecordResult> => {
    let result: VerifyRecordResult | undefined;
    const tampered = given.owner.transaction(async (tx) => {
      for (const table of ['staff_event', 'staff_chain']) await tx.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      // `#2` is the second of the events that are made below.
      for (const sql of tampering) await tx.query(sql.replace(/#(\d)/g, (_, nth) => String(before + Number(nth))));
      result = await new VerifyRecord({ manager: tx } as DataSource).run(input);
      throw new Error('rolled back');
    });
    await expect(tampered).rejects.toThrow('rolled back');
    return result ?? Promise.reject(new Error('nothing was verified'));
  };

  /** How many events the record had before: those of the set-up. */
  let before = 0;
  const firstHash = async () => (await given.owner.query<{ hash: Buffer }[]>('SELECT hash FROM staff_event WHERE seq = 1'))[0]?.hash;
  beforeAll(async () => {
    before = (await new VerifyRecord(given.owner).run()).staff?.events ?? NaN;
    const { officer, supervisor, director } = given.institution;
    for (const [index, { staffId }] of [officer, director, officer, supervisor, officer].entries()) {
      const event = { type: 'left_team', payload: { teamId: randomUUID(), putBack: index }, staffId, actor: byStaff(supervisor) } as const;
      await inTransaction(given.casework, (tx) => recordStaffEvent(tx, { ...event, now: new Date(Date.UTC(2026, 0, 1) + index) }));
    }
  });

  it('finds that an untouched one holds, and does not look at it when one case is asked for', async () => {
    const { reference } = await given.filed();
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ staff: { events: before + 5 } });
    expect((await new VerifyRecord(given.owner).run()).staff).not.toHaveProperty('break');
    expect(await new VerifyRecord(given.owner).run({ reference })).not.toHaveProperty('staff');
  });

  const OTHER = `(SELECT id FROM staff_member WHERE sign_in_name = 'administrator')`;
  it.each<[string, string[], { seq: number; kind: string }]>([
    ['a payload', [`UPDATE staff_event SET payload = payload || '{"putBack": 9}' WHERE seq = #4`], { seq: 4, kind: 'content' }],
    ['a time', [`UPDATE staff_event SET occurred_at = occurred_at + interval '1 microsecond' WHERE seq = #2`], { seq: 2, kind: 'content' }],
    ['whom it is about', [`UPDATE staff_event SET staff_id = ${OTHER} WHERE seq = #3`], { seq: 3, kind: 'content' }],
    ['that it was about nobody', [`UPDATE staff_event SET staff_id = NULL WHERE seq = #3`], { seq: 3, kind: 'content' }],
    ['who did it', [`UPDATE staff_event SET actor_id = ${OTHER} WHERE seq = #5`], { seq: 5, kind: 'content' }],
    ['a type', [`UPDATE staff_event SET type = 'password_changed' WHERE seq = #1`], { seq: 1, kind: 'content' }],
    ['a changed event whose own hash was mended', [MENDED], { seq: 3, kind: 'link' }],
    ['a missing event', ['DELETE FROM staff_event WHERE seq = #3'], { seq: 3, kind: 'gap' }],
    [
      'a missing event whose number was closed up',
      [
        'DELETE FROM staff_event WHERE seq = #3',
        'UPDATE staff_event SET seq = seq - 1 WHERE seq = #4',
        'UPDATE staff_event SET seq = #4 WHERE seq = #5',
      ],
      { seq: 3, kind: 'link' },
    ],
    [
      'two events in another order',
      [
        'UPDATE staff_event SET seq = 9999 WHERE seq = #2',
        'UPDATE staff_event SET seq = #2 WHERE seq = #3',
        'UPDATE staff_event SET seq = #3 WHERE seq = 9999',
      ],
      { seq: 2, kind: 'link' },
    ],
    ['a missing end', ['DELETE FROM staff_event WHERE seq = #5'], { seq: 5, kind: 'head' }],
    ['a missing record', ['DELETE FROM staff_event WHERE seq > #0'], { seq: 1, kind: 'head' }],
    ['an event added after the end', [BEYOND], { seq: 6, kind: 'beyond' }],
    ['a missing head', ['DELETE FROM staff_chain'], { seq: 6, kind: 'head' }],
    ['another head', [`UPDATE staff_chain SET last_hash = sha256('x')`], { seq: 5, kind: 'head' }],
  ])('finds %s that was tampered with', async (_, tampering, found) => {
    const broken = { ...found, seq: before + found.seq };
    expect(await verified(...tampering)).toMatchObject({ ok: false, staff: { break: broken } });
  });

  it('finds an end that was cut off together with the head, from what was noted outside of the database', async () => {
    const { staff } = await new VerifyRecord(given.owner).run();
    const end = staff?.end ?? { lastSeq: 0, lastHash: Buffer.alloc(0) };
    expect(end.lastSeq).toBe(before + 5);
    const cut = [
      'DELETE FROM staff_event WHERE seq = #5',
      'UPDATE staff_chain SET last_seq = #4, last_hash = (SELECT hash FROM staff_event WHERE seq = #4)',
    ];
    // Nothing in the database tells.
    expect((await verified(...cut)).staff?.break).toBeUndefined();
    const found = async (tampering: string[], noted: typeof end) => (await verifiedWith({ end: noted }, ...tampering)).staff?.break;
    expect(await found(cut, end)).toEqual({ seq: before + 5, kind: 'head' });
    expect(await found([], { ...end, lastHash: Buffer.alloc(32) })).toEqual({ seq: before + 5, kind: 'head' });
    expect(await found([], end)).toBeUndefined();
    // Something was appended since: it still stands there.
    expect(await found([], { lastSeq: 1, lastHash: (await firstHash()) ?? Buffer.alloc(0) })).toBeUndefined();
  });
});
