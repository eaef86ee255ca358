import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { eventHashInput, type ChainedEvent } from './event-hash-input';

const event: ChainedEvent = {
  chain: '01890a5d-ac96-774b-bcce-b302099a8057',
  about: '01890a5d-ac96-774b-bcce-b302099a8058',
  seq: 2,
  type: 'action_performed',
  payloadText: '{"to": "screening", "from": "acknowledged", "action": "begin_screening"}',
  actorKind: 'staff',
  actorId: '01890a5d-ac96-774b-bcce-b302099a8059',
  occurredAtMicros: 1_795_514_400_000_001n,
};

describe('eventHashInput', () => {
  it('is eight lines', () => {
    expect(eventHashInput(event)).toBe(
      '01890a5d-ac96-774b-bcce-b302099a8057\n' +
        '01890a5d-ac96-774b-bcce-b302099a8058\n' +
        '2\n' +
        'action_performed\n' +
        '{"to": "screening", "from": "acknowledged", "action": "begin_screening"}\n' +
        'staff\n' +
        '01890a5d-ac96-774b-bcce-b302099a8059\n' +
        '1795514400000001',
    );
  });

  it('writes a dash for what is not there', () => {
    const lines = eventHashInput({ ...event, about: null, actorId: null, actorKind: 'system' }).split('\n');
    expect([lines[1], lines[5], lines[6]]).toEqual(['-', 'system', '-']);
  });

  it('is hashed as PostgreSQL hashes it', () => {
    // Recorded with PostgreSQL 18: SELECT encode(sha256(decode(repeat('00', 32), 'hex') || convert_to(<the text>, 'UTF8') || '\x0102'), 'hex').
    const hash = createHash('sha256').update(Buffer.alloc(32)).update(eventHashInput(event), 'utf8').update(Buffer.from('0102', 'hex'));
    expect(hash.digest('hex')).toBe('8f2032b41ec635ea858dedc969a9508ec0e9e50726ef33ccb86e4a876afa50c2');
  });

  it('differs whenever the events differ', () => {
    const texts = fc.constantFrom('a', 'b', '-');
    const events: fc.Arbitrary<ChainedEvent> = fc.record({
      chain: texts,
      about: fc.option(fc.constantFrom('a', 'b')),
      seq: fc.integer({ min: 1, max: 12 }),
      type: texts,
      payloadText: fc.constantFrom('{}', '{"a": "\\n"}', '{"a": "-"}'),
      actorKind: fc.constantFrom('staff', 'system'),
      actorId: fc.option(fc.constantFrom('a', 'b')),
      occurredAtMicros: fc.bigInt({ min: 0n, max: 12n }),
    });
    fc.assert(
      fc.property(events, events, (one, other) => {
        const same = (Object.keys(one) as (keyof ChainedEvent)[]).every((name) => one[name] === other[name]);
        expect(eventHashInput(one) === eventHashInput(other)).toBe(same);
      }),
    );
  });
});
