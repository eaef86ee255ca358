import { failureCode } from './failure-code';

const withCode = (code: unknown, message = 'x') => Object.assign(new Error(message), { code });

describe('the code of a failure', () => {
  it.each([
    [withCode('23505', 'Key (email)=(amina@example.org) already exists'), 'sqlstate_23505'],
    [withCode('57P01'), 'sqlstate_57p01'],
    [withCode('ECONNREFUSED'), 'econnrefused'],
    [withCode('550 <amina@example.org> unknown'), 'unexpected'],
    [withCode(550), 'unexpected'],
    [new Error('Mail to amina@example.org failed'), 'unexpected'],
    ['amina@example.org', 'unexpected'],
  ])('never repeats text: %p', (error, code) => {
    expect(failureCode(error)).toBe(code);
  });
});
