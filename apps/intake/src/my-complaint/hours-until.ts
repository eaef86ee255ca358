/** How many hours it is until then, as it is said to people: rounded up, never none. */
export function hoursUntil(at: Date, now: Date): number {
  return Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 3_600_000));
}
