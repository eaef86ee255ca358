import { localUrl } from './local-url.mjs';

describe('the address of a process on this machine', () => {
  it.each([
    [undefined, 'http://localhost:3000'],
    ['4910', 'http://localhost:4910'],
    ['abc', 'http://localhost:3000'],
    ['70000', 'http://localhost:3000'],
  ])('is an address whatever the port is: %s', (port, url) => {
    expect(localUrl(port, 3000)).toBe(url);
  });
});
