import type { ActorKind } from './case-event';

/** The name of the one chain that is no case's: the record of accounts and teams. */
export const STAFF_CHAIN = 'staff';

/** One stored event as its chain sees it. Every field is what PostgreSQL prints, so that nothing is written twice in two ways. */
export interface ChainedEvent {
  /** In whose record it stands: the id of the case, a UUID in lower case with dashes, or {@link STAFF_CHAIN}. */
  readonly chain: string;
  /** What in it the event is about: the track of the case, or the member of staff. */
  readonly about: string | null;
  /** From 1, without a gap. */
  readonly seq: number;
  readonly type: string;
  /** `payload::text` from PostgreSQL: jsonb has its own order of names and its own spaces, which nobody else needs to imitate. */
  readonly payloadText: string;
  /** The operator, who works by commands, writes into the record of accounts and teams alone. */
  readonly actorKind: ActorKind | 'operator';
  readonly actorId: string | null;
  /** `(extract(epoch from occurred_at) * 1000000)::bigint`: whole microseconds since 1970-01-01T00:00:00Z. */
  readonly occurredAtMicros: bigint;
}

/**
 * The text of an event that is hashed for its chain: eight lines joined by line feeds, without one at the end.
 *
 * ```
 * case_id, or staff
 * track_id, or staff_id, or -
 * seq
 * type
 * payload::text
 * actor_kind
 * actor_id, or -
 * occurred_at in microseconds
 * ```
 *
 * `hash = SHA-256(prev_hash ‖ UTF-8 of this text ‖ sealed_payload, or nothing)`, where `prev_hash` is the hash of the event before it in the chain, and
 * 32 zero bytes for the first. The function `recourse_chain_hash` computes the same inside PostgreSQL. No line can be mistaken for another: ids, numbers
 * and codes hold no line feed, and jsonb prints one inside a string as `\n`. The text ends in digits and what follows it is ciphertext of
 * at least a version byte, 0x01, which is no digit, so the border between them is certain too.
 */
export function eventHashInput(event: ChainedEvent): string {
  return [
    event.chain,
    event.about ?? '-',
    event.seq,
    event.type,
    event.payloadText,
    event.actorKind,
    event.actorId ?? '-',
    event.occurredAtMicros,
  ].join('\n');
}
