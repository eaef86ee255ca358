import { messageId, parseSender, wrapped } from './mail-message';

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

describe('the text of a mail', () => {
  it('has no long lines, and whole links', () => {
    const link = `https://casework.example/cases/${'x'.repeat(80)}`;
    const text = wrapped(`${'word '.repeat(40)}end\n\n${link}\nshort\n`);
    const lines = text.split('\n');
    expect(lines).toContain(link);
    expect(lines.filter((line) => line !== link).every((line) => line.length <= 74)).toBe(true);
    expect(text.replaceAll(/\s+/g, ' ').trim()).toBe(`${'word '.repeat(40)}end ${link} short`);
    expect(text.endsWith('short\n')).toBe(true);
  });
});
