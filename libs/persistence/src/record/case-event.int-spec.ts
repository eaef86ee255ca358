import { createHash } from 'node:crypto';

import {
  anEvent,
  aStaffMember,
  aTrack,
  type CaseWithTrack,
  type Desk,
  insertCaseWithTrack,
  insertDesk,
  testDatabase,
} from '@recourse/testing';
import { v7 } from 'uuid';

import { inTransaction } from '../database/in-transaction';
import { insertStaffMember } from '../institution/staff.store';
import { insertTrack } from '../tracks/track.store';
import { appendEvent, findChainHead, findLastAction, listChain, listEvents } from './case-event.store';
import type { ChainLink } from './chain-link';

const database = testDatabase();
let desk: Desk;
let given: CaseWithTrack;

beforeAll(async () => {
  const owner = await database.dataSource('owner');
  desk = await inTransaction(owner, insertDesk);
});

beforeEach(async () => {
  const owner = await database.dataSource('owner');
  given = await inTransaction(owner, (tx) => insertCaseWithTrack(tx, desk));
});

/** The hash of an event, computed here from the definition in docs/adr/0005 and nothing of ours. */
function hashOf(link: ChainLink): Buffer {
  const text = [
    link.chain,
    link.about ?? '-',
    link.seq,
    link.type,
    link.payloadText,
    link.actorKind,
    link.actorId ?? '-',
    link.occurredAtMicros,
  ].join('\n');
  return createHash('sha256')
    .update(link.prevHash)
    .update(text, 'utf8')
    .update(link.sealedPayload ?? Buffer.alloc(0))
    .digest();
}

describe('the record', () => {
  it('numbers events and chains each to the one before', async () => {
    const owner = await database.dataSource('owner');
    const staff = aStaffMember();
    await inTransaction(owner, async (tx) => {
      await insertStaffMember(tx, staff);
      await appendEvent(tx, anEvent({ caseId: given.caseFile.id, payload: { b: 'été – شكوى', a: [1, { z: null }], 'long name': 1.5 } }));
      await appendEvent(
        tx,
        anEvent({
          caseId: given.caseFile.id,
          trackId: given.track.id,
          type: 'action_performed',
          actorKind: 'staff',
          actorId: staff.id,
          sealedPayload: Buffer.from([1, 2, 3, 0, 255]),
          occurredAt: new Date('1969-12-31T23:59:59.123Z'),
        }),
      );
    });
    const chain = await inTransaction(owner, (tx) => listChain(tx, given.caseFile.id));
    expect(chain.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(chain[0]?.prevHash).toEqual(Buffer.alloc(32));
    expect(chain[1]?.prevHash).toEqual(chain[0]?.hash);
    expect(chain.map(hashOf)).toEqual(chain.map(({ hash }) => hash));
    expect(await inTransaction(owner, (tx) => findChainHead(tx, given.caseFile.id))).toEqual({ lastSeq: 2, lastHash: chain[1]?.hash });
  });

  it('ignores a number and hashes that the writer brings', async () => {
    const owner = await database.dataSource('owner');
    await owner.query(
      `INSERT INTO case_event (id, case_id, seq, type, payload, actor_kind, occurred_at, prev_hash, hash)
       VALUES ($1, $2, 99, 'complaint_received', '{}', 'system', now(), sha256('a'), sha256('b'))`,
      [v7(), given.caseFile.id],
    );
    const [link] = await inTransaction(owner, (tx) => listChain(tx, given.caseFile.id));
    expect(link?.seq).toBe(1);
    expect(link?.hash).toEqual(link && hashOf(link));
  });

  it('gives twenty writers at once twenty numbers without a gap or a fork', async () => {
    const worker = await database.dataSource('worker');
    await Promise.all(
      Array.from({ length: 20 }, () => inTransaction(worker, (tx) => appendEvent(tx, anEvent({ caseId: given.caseFile.id })))),
    );
    const owner = await database.dataSource('owner');
    const chain = await inTransaction(owner, (tx) => listChain(tx, given.caseFile.id));
    expect(chain.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    chain.slice(1).forEach((link, index) => expect(link.prevHash).toEqual(chain[index]?.hash));
    expect(chain.map(hashOf)).toEqual(chain.map(({ hash }) => hash));
  });

  it('takes back nothing of the chain but what was rolled back', async () => {
    const owner = await database.dataSource('owner');
    const append = (isLost: boolean): Promise<void> =>
      inTransaction(owner, async (tx) => {
        await appendEvent(tx, anEvent({ caseId: given.caseFile.id }));
        if (isLost) {
          throw new Error('rolled back');
        }
      });
    await append(false);
    await expect(append(true)).rejects.toThrow('rolled back');
    await append(false);
    const events = await inTransaction(owner, (tx) => listEvents(tx, given.caseFile.id));
    expect(events.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('tells the last action on a track and who took it, whatever else happened there and on others', async () => {
    const staff = aStaffMember();
    const { caseFile, track } = given;
    const other = aTrack({ caseId: caseFile.id, teamId: desk.team.id, procedureVersionId: desk.procedureVersion.id });
    const lastOf = async (id: string) => findLastAction((await database.dataSource('casework')).manager, { id, caseId: caseFile.id });
    await inTransaction(await database.dataSource('owner'), async (tx) => {
      await insertStaffMember(tx, staff);
      await insertTrack(tx, other);
      const acted = { caseId: caseFile.id, trackId: track.id, type: 'action_performed', actorKind: 'staff', actorId: staff.id } as const;
      for (const action of ['take_up', 'declare_admissible']) await appendEvent(tx, anEvent({ ...acted, payload: { action } }));
      await appendEvent(tx, anEvent({ caseId: caseFile.id, trackId: track.id, payload: { action: 'no_action' } }));
    });
    expect(await lastOf(track.id)).toEqual({ payload: { action: 'declare_admissible' }, actorId: staff.id });
    expect(await lastOf(other.id)).toBeUndefined();
    await inTransaction(await database.dataSource('worker'), (tx) =>
      appendEvent(tx, anEvent({ caseId: caseFile.id, trackId: other.id, type: 'action_performed', payload: { action: 'remind' } })),
    );
    expect(await lastOf(other.id)).toEqual({ payload: { action: 'remind' }, actorId: null });
    expect(await lastOf(track.id)).toMatchObject({ payload: { action: 'declare_admissible' } });
  });

  it.each([
    ['UPDATE', `UPDATE case_event SET type = 'x'`],
    ['UPDATE of no row', `UPDATE case_event SET type = 'x' WHERE false`],
    ['DELETE', 'DELETE FROM case_event'],
    ['TRUNCATE', 'TRUNCATE case_event'],
    ['MERGE', 'MERGE INTO case_event e USING case_event f ON e.id = f.id WHEN MATCHED THEN DELETE'],
    ['UPDATE of the chain head', 'UPDATE case_chain SET last_seq = last_seq + 1'],
    ['DELETE of the chain head', 'DELETE FROM case_chain'],
    ['TRUNCATE of both', 'TRUNCATE case_chain, case_event CASCADE'],
    ['TRUNCATE from above', 'TRUNCATE case_file CASCADE'],
    ['UPDATE in replica mode', `SET LOCAL session_replication_role = replica; UPDATE case_event SET type = 'x'`],
  ])('refuses %s even to the owner, who is a superuser here', async (_, sql) => {
    const owner = await database.dataSource('owner');
    await inTransaction(owner, (tx) => appendEvent(tx, anEvent({ caseId: given.caseFile.id })));
    await expect(inTransaction(owner, (tx) => tx.query(sql))).rejects.toThrow(/the record is append-only/);
  });

  it.each(['intake', 'casework', 'worker'] as const)('lets %s change or remove nothing of it', async (process) => {
    const source = await database.dataSource(process);
    for (const sql of [
      `UPDATE case_event SET type = 'x'`,
      'DELETE FROM case_event',
      'TRUNCATE case_event',
      'SELECT last_hash FROM case_chain',
      'DROP TRIGGER case_event_append ON case_event',
    ]) {
      await expect(source.query(sql)).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  it('lets no process write in the name of another', async () => {
    const staff = aStaffMember();
    const owner = await database.dataSource('owner');
    await inTransaction(owner, (tx) => insertStaffMember(tx, staff));
    const worker = await database.dataSource('worker');
    await expect(
      inTransaction(worker, (tx) => appendEvent(tx, anEvent({ caseId: given.caseFile.id, actorKind: 'complainant' }))),
    ).rejects.toThrow(/row-level security/);
    const casework = await database.dataSource('casework');
    await expect(
      inTransaction(casework, (tx) => appendEvent(tx, anEvent({ caseId: given.caseFile.id, actorKind: 'complainant' }))),
    ).rejects.toThrow(/row-level security/);
  });
});
