/**
 * The facts that hold after a track's actions and moves between versions: each can establish some and revoke others, and the last word counts.
 * @param events `type` and `payload` of the track's events, oldest first; other types than those two are passed over
 * @returns codes of facts that the track's procedure declares
 */
export function recordedFacts(
  events: Iterable<{ readonly type: string; readonly payload: Readonly<Record<string, unknown>> }>,
): ReadonlySet<string> {
  const facts = new Set<string>();
  for (const { type, payload } of events) {
    if (type !== 'action_performed' && type !== 'track_moved_to_version') continue;
    for (const fact of codesIn(payload['revokes'])) facts.delete(fact);
    for (const fact of codesIn(payload['establishes'])) facts.add(fact);
  }
  return facts;
}

function codesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((code) => typeof code === 'string') : [];
}
