import type { CaseEventRow } from './case-event.entity';

/** An event as its hash was computed from it: the payload as PostgreSQL prints it, the instant in whole microseconds since 1970. */
export interface ChainLink {
  readonly id: string;
  /** In whose record it stands: the id of the case, or the name of a chain that is no case's. */
  readonly chain: string;
  /** What in it the event is about: the track of the case, or the member of staff. */
  readonly about: string | null;
  readonly seq: number;
  readonly type: string;
  readonly payloadText: string;
  readonly sealedPayload: Buffer | null;
  readonly actorKind: CaseEventRow['actorKind'] | 'operator';
  readonly actorId: string | null;
  readonly occurredAtMicros: bigint;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}

/** Where a chain ends, as the database keeps it; a chain cut at its end does not reach it. */
export interface ChainHead {
  readonly lastSeq: number;
  readonly lastHash: Buffer;
}

/** The columns that every chain has, as a {@link ChainLink} names them. */
export const HASHED_COLUMNS = `seq, type, payload::text AS "payloadText", actor_id AS "actorId",
  (extract(epoch FROM occurred_at) * 1000000)::bigint AS "occurredAtMicros", prev_hash AS "prevHash", hash`;

/** The columns of a {@link ChainHead}. */
export const HEAD_COLUMNS = 'last_seq AS "lastSeq", last_hash AS "lastHash"';

/** Rows with {@link HASHED_COLUMNS} as links: the driver gives 64-bit numbers as text. */
export function chainLinks(rows: readonly (Omit<ChainLink, 'occurredAtMicros'> & { occurredAtMicros: string })[]): readonly ChainLink[] {
  return rows.map((row) => ({ ...row, occurredAtMicros: BigInt(row.occurredAtMicros) }));
}
