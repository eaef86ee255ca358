import { createHash } from 'node:crypto';

import { aStaffMember, ROW_INSTANT, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

import { inTransaction } from '../database/in-transaction';
import type { ChainLink } from '../record/chain-link';
import { findStaffChainHead, insertStaffEvent, listStaffChain, type NewStaffEventRow } from './staff-event.store';
import { insertStaffMember } from './staff.store';

const database = testDatabase();
const staff = aStaffMember();
let owner: DataSource;
let casework: DataSource;

beforeAll(async () => {
  owner = await database.dataSource('owner');
  casework = await database.dataSource('casework');
  await inTransaction(owner, (tx) => insertStaffMember(tx, staff));
});

const anEvent = (given: Partial<NewStaffEventRow> = {}): NewStaffEventRow => ({
  id: v7(),
  staffId: staff.id,
  type: 'left_team',
  payload: { teamId: v7(), putBack: 1 },
  actorKind: 'staff',
  actorId: staff.id,
  occurredAt: ROW_INSTANT,
  ...given,
});

/** The hash of an event, computed here from the definition in docs/adr/0018 and nothing of ours. */
function hashOf(link: ChainLink): Buffer {
  const { about, seq, type, payloadText, actorKind, actorId, occurredAtMicros } = link;
  const text = ['staff', about ?? '-', seq, type, payloadText, actorKind, actorId ?? '-', occurredAtMicros].join('\n');
  return createHash('sha256').update(link.prevHash).update(text, 'utf8').digest();
}

async function expectWhole(): Promise<readonly ChainLink[]> {
  const chain = await listStaffChain(owner.manager, 0, 1_000);
  expect(chain.map(({ seq }) => seq)).toEqual(Array.from(chain, (_, index) => index + 1));
  expect(chain.map(({ prevHash }) => prevHash)).toEqual([Buffer.alloc(32), ...chain.slice(0, -1).map(({ hash }) => hash)]);
  expect(chain.map(hashOf)).toEqual(chain.map(({ hash }) => hash));
  const last = chain.at(-1);
  expect(await findStaffChainHead(owner.manager)).toEqual({ lastSeq: last?.seq, lastHash: last?.hash });
  return chain;
}

describe('the record of accounts and teams', () => {
  it('is one chain, whoever an event is about', async () => {
    await inTransaction(casework, async (tx) => {
      await insertStaffEvent(
        tx,
        anEvent({ payload: { b: 'été – شكوى', a: [1, { z: null }] }, occurredAt: new Date('1969-12-31T23:59:59.123Z') }),
      );
      await insertStaffEvent(tx, anEvent({ staffId: null }));
      await insertStaffEvent(tx, anEvent({ actorKind: 'system', actorId: null }));
    });
    await inTransaction(owner, (tx) => insertStaffEvent(tx, anEvent({ actorKind: 'operator', actorId: null })));
    expect((await expectWhole()).map(({ about }) => about)).toEqual([staff.id, null, staff.id, staff.id]);
    expect(await listStaffChain(owner.manager, 1, 1)).toMatchObject([{ seq: 2 }]);
  });

  it('takes nothing of the staff in nobody’s name, of the software in somebody’s, nor of the operator from a process', async () => {
    for (const given of [{ actorId: null }, { actorKind: 'system' as const }]) {
      await expect(inTransaction(casework, (tx) => insertStaffEvent(tx, anEvent(given)))).rejects.toThrow('staff_event_actor_ck');
    }
    // What the operator did, only the operator writes.
    await expect(inTransaction(casework, (tx) => insertStaffEvent(tx, anEvent({ actorKind: 'operator' })))).rejects.toThrow(
      'row-level security',
    );
  });

  it('gives twenty writers at once twenty numbers without a gap or a fork, and none to who rolled back', async () => {
    const { length: before } = await expectWhole();
    const append = (isLost: boolean): Promise<void> =>
      inTransaction(casework, async (tx) => {
        await insertStaffEvent(tx, anEvent());
        if (isLost) throw new Error('rolled back');
      });
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => append(index % 5 === 0)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
    expect(await expectWhole()).toHaveLength(before + 16);
  });

  it('ignores a number and hashes that the writer brings', async () => {
    await owner.query(
      `INSERT INTO staff_event (id, staff_id, seq, type, payload, actor_kind, actor_id, occurred_at, prev_hash, hash)
       VALUES ($1, $2, 99, 'left_team', '{}', 'staff', $2, now(), sha256('a'), sha256('b'))`,
      [v7(), staff.id],
    );
    await expectWhole();
  });

  it.each([
    ['UPDATE', `UPDATE staff_event SET type = 'x'`],
    ['UPDATE of no row', `UPDATE staff_event SET type = 'x' WHERE false`],
    ['DELETE', 'DELETE FROM staff_event'],
    ['TRUNCATE', 'TRUNCATE staff_event'],
    ['MERGE', 'MERGE INTO staff_event e USING staff_event f ON e.id = f.id WHEN MATCHED THEN DELETE'],
    ['UPDATE of the chain head', 'UPDATE staff_chain SET last_seq = last_seq + 1'],
    ['DELETE of the chain head', 'DELETE FROM staff_chain'],
    ['TRUNCATE of the chain head', 'TRUNCATE staff_chain'],
    ['UPDATE in replica mode', `SET LOCAL session_replication_role = replica; UPDATE staff_event SET type = 'x'`],
  ])('refuses %s even to the owner, who is a superuser here', async (_, sql) => {
    await inTransaction(owner, (tx) => insertStaffEvent(tx, anEvent()));
    await expect(inTransaction(owner, (tx) => tx.query(sql))).rejects.toThrow(/the record is append-only/);
  });

  it.each(['intake', 'casework', 'worker'] as const)('lets %s change or remove nothing of it, nor see where it ends', async (process) => {
    const source = await database.dataSource(process);
    for (const sql of [
      `UPDATE staff_event SET type = 'x'`,
      'DELETE FROM staff_event',
      'TRUNCATE staff_event',
      'SELECT last_hash FROM staff_chain',
      'UPDATE staff_chain SET last_seq = 0',
      'DROP TRIGGER staff_event_append ON staff_event',
      `INSERT INTO staff_event (id, seq, type, payload, actor_id, occurred_at) VALUES ('${v7()}', 1, 'x', '{}', '${staff.id}', now())`,
    ]) {
      await expect(source.query(sql)).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  it('takes nothing more once somebody has removed its head: it would begin anew', async () => {
    const removed = inTransaction(owner, async (tx) => {
      await tx.query('ALTER TABLE staff_chain DISABLE TRIGGER USER; DELETE FROM staff_chain');
      await insertStaffEvent(tx, anEvent());
    });
    await expect(removed).rejects.toThrow(/query returned no rows/);
    await expectWhole();
  });
});
