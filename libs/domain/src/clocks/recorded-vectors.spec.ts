import { daysApart, hoursApart, recordedVectors, type VectorBlock } from '../../test-support/recorded-vectors';

/** Every so manieth calendar, and every so manieth of its cases; `recorded-vectors.int-spec.ts` takes them all. */
const CALENDARS = 6;
const CASES = 5;

const some = <Case>(blocks: readonly VectorBlock<Case>[]): readonly VectorBlock<Case>[] =>
  blocks
    .filter((_, index) => index % CALENDARS === 0)
    .map(({ calendar, cases }, index) => ({ calendar, cases: cases.filter((_, number) => number % CASES === index % CASES) }));

describe('a sample of what was recorded of other implementations', () => {
  const { hours, days } = recordedVectors();

  it('Business::Hours: working minutes with pauses end in the same second, and a week has the same working time', () => {
    expect(hoursApart(some(hours))).toEqual([]);
  });

  it('workalendar: days, weeks and months end on the same date, and reminders come on it', () => {
    expect(daysApart(some(days))).toEqual([]);
  });
});
