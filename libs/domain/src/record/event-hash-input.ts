import type { ActorKind } from './case-event';

/** One stored event as the chain sees it. Every field is what PostgreSQL prints, so that nothing is written twice in two ways. */
export interface ChainedEvent {
  /** UUID in lower case with dashes. */
  readonly caseId: string;
  readonly trackId: string | null;
  /** From 1, without a gap. */
  readonly seq: number;
  readonly type: string;
  /** `payload::text` from PostgreSQL: jsonb has its own order of names and its own spaces, which nobody else needs to imitate. */
  readonly payloadText: string;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  /** `(extract(epoch from occurred_at) * 1000000)::bigint`: whole microseconds since 1970-01-01T00:00:00Z. */
  readonly occurredAtMicros: bigint;
}

/**
 * The text of an event that is hashed for the record's chain: eight lines joined by line feeds, without one at the end.
 *
 * ```
 * case_id
 * track_id, or -
 * seq
 * type
 * payload::text
 * actor_kind
 * actor_id, or -
 * occurred_at in microseconds
 * ```
 *
 * `hash = SHA-256(prev_hash ‖ UTF-8 of this text ‖ sealed_payload, or nothing)`, where `prev_hash` is the hash of the event before it in the case, and
 * 32 zero bytes for the first. The trigger `recourse_append_event` computes the same inside PostgreSQL. No line can be mistaken for another: ids, numbers
 * and codes hold no line feed, and jsonb prints one inside a string as `\n`. The text ends in digits and what follows it is ciphertext of
 * at least a version byte, 0x01, which is no digit, so the border between them is certain too.
 */
export function eventHashInput(event: ChainedEvent): string {
  return [
    event.caseId,
    event.trackId ?? '-',
    event.seq,
    event.type,
    event.payloadText,
    event.actorKind,
    event.actorId ?? '-',
    event.occurredAtMicros,
  ].join('\n');
}
