import fc from 'fast-check';

import { formatQueueCursor, parseQueueCursor } from './queue-cursor';

describe('a queue cursor', () => {
  it.each(['infinity', '2026-03-02 09:00:00+00', '2026-03-02 09:00:00.123456+05:30', '12026-01-01 00:00:00-03'])('carries %s', (at) => {
    const cursor = { at, id: '0195a1b2-0000-7000-8000-000000000000' };
    expect(parseQueueCursor(formatQueueCursor(cursor))).toEqual(cursor);
  });

  it('is nothing when it was tampered with', () => {
    fc.assert(fc.property(fc.string(), (text) => parseQueueCursor(text) === undefined));
    for (const text of [
      `infinity|x`,
      `now()|0195a1b2-0000-7000-8000-000000000000`,
      `infinity|0195a1b2-0000-7000-8000-000000000000|`,
      `infinity`,
      ...[
        '2026-99-99 00:00:00+00',
        '2026-02-30 00:00:00+00',
        '2026-01-01 25:00:00+00',
        '2026-01-01 00:00:00+99',
        '0000-01-01 00:00:00+00',
      ].map((at) => `${at}|0195a1b2-0000-7000-8000-000000000000`),
    ]) {
      expect(parseQueueCursor(Buffer.from(text).toString('base64url'))).toBeUndefined();
    }
  });
});
