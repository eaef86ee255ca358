import { clockJobId, outboxJobId } from './queue-names';

describe('job ids', () => {
  const id = '0198c3f2-0000-7000-8000-000000000001';

  it('are the same for the same row and differ by level', () => {
    expect(outboxJobId(id)).toBe(id);
    expect(clockJobId(id, 2)).toBe(`${id}_2`);
    expect(clockJobId(id, 2)).not.toBe(clockJobId(id, 3));
  });

  it.each(['12', '', 'a:b'])('are never what BullMQ would misread: %p', (bad) => {
    expect(() => outboxJobId(bad)).toThrow(TypeError);
  });
});
