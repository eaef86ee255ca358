/** What `Retry-After` says: whole seconds, rounded up, because a client that comes a moment early is refused once more. */
export function secondsUntil(at: Date, now: Date): number {
  return Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1_000));
}
