import { localPath } from './local-path';

describe('localPath', () => {
  it.each([
    ['/cases/RC-1?tab=2', '/cases/RC-1?tab=2'],
    ['/', '/'],
    ['/a/../b', '/b'],
  ])('%s → %s', (next, path) => {
    expect(localPath(next)).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example/',
    'evil',
    'javascript:alert(1)',
    '',
    undefined,
    ['/a'],
    7,
  ])('%j leads elsewhere', (next) => {
    expect(localPath(next)).toBeUndefined();
  });
});
