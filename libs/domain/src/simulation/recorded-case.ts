import type { Procedure } from '../procedures/procedure';
import type { StaffRole } from '../procedures/vocabulary';
import type { ActorKind } from '../record/case-event';

/** One event of a case, without its sealed part. */
export interface RecordedEvent {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Null for what concerns the whole case. */
  readonly trackId: string | null;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly occurredAt: Date;
}

/** What is known of a case besides what was said. */
export interface RecordedCase {
  /** The whole record, oldest first. */
  readonly events: readonly RecordedEvent[];
  /** The version that each track of the case is pinned to, by the track's id. */
  readonly procedures: ReadonlyMap<string, Procedure>;
  /** Every version under which a track of the case was before it was moved, by `versionKey`; needed only where one was moved. */
  readonly versions?: ReadonlyMap<string, Procedure>;
  /** Roles of the staff as they are today, by id: the record does not keep those of then. */
  readonly roles: ReadonlyMap<string, StaffRole>;
}
