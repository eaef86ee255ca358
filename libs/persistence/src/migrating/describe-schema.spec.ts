import { firstDifference } from './describe-schema';

describe('firstDifference', () => {
  it('is silent about equal texts, whatever ends their lines', () => {
    expect(firstDifference('a\r\nb\r\n', 'a\nb\n')).toBeUndefined();
  });

  it('names the first line that differs', () => {
    expect(firstDifference('a\nb\nc', 'a\nx\ny')).toContain('line 2: the file has "b", the database "x"');
    expect(firstDifference('a', 'a\nb')).toContain('line 2: the file has "(end)", the database "b"');
    expect(firstDifference('a\nb', 'a')).toContain('line 2: the file has "b", the database "(end)"');
  });
});
