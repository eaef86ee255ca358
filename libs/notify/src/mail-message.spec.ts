import { messageId, parseSender } from './mail-message';

describe('the sender', () => {
  it.each([
    ['desk@example.org', { address: 'desk@example.org' }],
    ['<desk@example.org>', { address: 'desk@example.org' }],
    ['Example Desk <desk@example.org>', { address: 'desk@example.org', name: 'Example Desk' }],
    ['"Example, Desk" <desk@example.org>', { address: 'desk@example.org', name: 'Example, Desk' }],
  ])('%s', (text, expected) => {
    expect(parseSender(text)).toEqual(expected);
  });

  it.each(['', 'Example Desk', 'a@b@c', 'x <y>'])('refuses %p', (text) => {
    expect(() => parseSender(text)).toThrow(RangeError);
  });

  it('gives one notification one Message-ID', () => {
    const id = '0198c3f2-0000-7000-8000-000000000001';
    expect(messageId(id, { address: 'desk@example.org' })).toBe(`<${id}@example.org>`);
  });
});
