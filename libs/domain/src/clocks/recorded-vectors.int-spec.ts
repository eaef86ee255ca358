import { countCases, daysApart, hoursApart, recordedVectors } from '../../test-support/recorded-vectors';

// Touches nothing but a file; among these tests because it takes too long for `npm run check`, which has a sample of it.
describe('everything that was recorded of other implementations', () => {
  const vectors = recordedVectors();

  it('is more than 100,000 cases', () => {
    expect(countCases(vectors)).toBeGreaterThan(100_000);
  });

  it('Business::Hours: working minutes with pauses end in the same second, and a week has the same working time', () => {
    expect(hoursApart(vectors.hours)).toEqual([]);
  }, 120_000);

  it('workalendar: days, weeks and months end on the same date, and reminders come on it', () => {
    expect(daysApart(vectors.days)).toEqual([]);
  }, 120_000);
});
