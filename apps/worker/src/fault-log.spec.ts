import { Logger } from '@nestjs/common';

import { FaultLog } from './fault-log';

describe('the log of faults that go on', () => {
  const lines: string[] = [];
  let now = 0;
  let faults: FaultLog;
  beforeEach(() => {
    lines.length = 0;
    now = 1_000_000;
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: string) => lines.push(line));
    jest.spyOn(Logger.prototype, 'log').mockImplementation((line: string) => lines.push(line));
    faults = new FaultLog('database', () => now);
  });
  afterEach(() => jest.restoreAllMocks());

  const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432 as recourse_worker'), { code: 'ECONNREFUSED' });

  it('tells the first at once, then one line a minute with a count, then that it is over', () => {
    for (let second = 0; second < 130; second += 1) {
      faults.note(away);
      now += 1_000;
    }
    faults.clear();
    faults.clear();
    expect(lines).toEqual([
      'database: econnrefused; trying again',
      'database: econnrefused, 61 times; trying again',
      'database: econnrefused, 121 times; trying again',
      'database: works again after 130 failures',
    ]);
  });

  it('says nothing of what always worked, and starts anew after a fault', () => {
    faults.clear();
    expect(lines).toEqual([]);
    faults.note(away);
    faults.clear();
    faults.note(away);
    expect(lines).toHaveLength(3);
  });
});
