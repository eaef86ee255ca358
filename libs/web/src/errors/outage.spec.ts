import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isOutage } from './outage';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('isOutage', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOSPC', '08006', '53100', '53300', '57P01', '57P03', '40P01'])('knows %s', (code) => {
    expect(isOutage(withCode(code))).toBe(true);
  });

  it('looks into what a driver or a cause holds', () => {
    expect(isOutage(Object.assign(new Error('x'), { driverError: withCode('57P01') }))).toBe(true);
    expect(isOutage(new Error('x', { cause: new AggregateError([withCode('ECONNREFUSED')]) }))).toBe(true);
    expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
  });

  it('knows a transaction whose connection the server cut between two queries', () => {
    expect(isOutage(new QueryRunnerAlreadyReleasedError())).toBe(true);
  });

  it('knows a server whose socket file is gone', () => {
    expect(isOutage(Object.assign(withCode('ENOENT'), { syscall: 'connect' }))).toBe(true);
  });

  it.each(['23505', '42P01', 'ERR_INVALID_ARG_TYPE', 'ENOENT'])('does not take %s for one', (code) => {
    expect(isOutage(withCode(code))).toBe(false);
  });

  it('survives what is no error and what goes in a circle', () => {
    const circle = new Error('x');
    circle.cause = circle;
    expect([undefined, null, 'down', circle].map(isOutage)).toEqual([false, false, false, false]);
  });
});
