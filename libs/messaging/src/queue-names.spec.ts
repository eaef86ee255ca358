import { clockJobId, outboxJobId } from './queue-names';

describe('job ids', () => {
  const id = '0198c3f2-0000-7000-8000-000000000001';

  it('are the same for the same row, and for the same clock at the same moment', () => {
    expect(outboxJobId(id)).toBe(id);
    expect(clockJobId(id, new Date(1_000))).toBe(`${id}_1000`);
    expect(clockJobId(id, new Date(1_000))).not.toBe(clockJobId(id, new Date(2_000)));
  });

  it.each(['12', '', 'a:b'])('are never what BullMQ would misread: %p', (bad) => {
    expect(() => outboxJobId(bad)).toThrow(TypeError);
  });
});
