const furthestEast = 14 * 3_600_000;

/**
 * The latest calendar day that it is anywhere (UTC+14), as `YYYY-MM-DD`: the bound for "not in the future". Somebody
 * in Manila who writes at dawn about this morning must not be told that the day has not come yet in Geneva.
 */
export function lastDayOnEarth(now: Date): string {
  return new Date(now.getTime() + furthestEast).toISOString().slice(0, 10);
}
