import { RECORDED_FACTS, type RecordedFact } from '../procedures/vocabulary';

/**
 * The facts that hold after a track's actions: each action can establish some and revoke others, and the last word counts.
 * @param events `type` and `payload` of the track's events, oldest first; other types than `action_performed` are passed over
 */
export function recordedFacts(
  events: Iterable<{ readonly type: string; readonly payload: Readonly<Record<string, unknown>> }>,
): ReadonlySet<RecordedFact> {
  const facts = new Set<RecordedFact>();
  for (const { type, payload } of events) {
    if (type !== 'action_performed') continue;
    for (const fact of factsIn(payload['establishes'])) facts.add(fact);
    for (const fact of factsIn(payload['revokes'])) facts.delete(fact);
  }
  return facts;
}

function factsIn(value: unknown): readonly RecordedFact[] {
  return Array.isArray(value) ? RECORDED_FACTS.filter((fact) => value.includes(fact)) : [];
}
