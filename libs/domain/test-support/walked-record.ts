import { formatDuration, type CaseEvent, type ClockChange, type OpenClock, type RecordedEvent } from '../src';

/** Id of the track that walks. */
export const WALKED_TRACK = 'track';

/** In whose name: the id of a member of staff, or one of these two. */
export type WalkedActor = { readonly staffId: string } | 'complainant' | 'system';

/** When and in whose name something is written. */
export interface Writing {
  readonly at: Date;
  readonly by: WalkedActor;
}

/** The record of a walk: what the use cases of `libs/cases` would append while a track moves as it does, one event for each change. */
export class WalkedRecord {
  readonly events: RecordedEvent[] = [];
  #ids = 0;

  /** A name that nothing else in this record has. */
  newId(what: string): string {
    this.#ids += 1;
    return `${what}-${this.#ids}`;
  }

  /** @param trackId null for what concerns the whole case */
  write({ type, payload }: CaseEvent, { at, by }: Writing, trackId: string | null = WALKED_TRACK): void {
    const actorKind = typeof by === 'string' ? by : 'staff';
    const actorId = typeof by === 'string' ? null : by.staffId;
    this.events.push({ type, payload: { ...payload }, trackId, actorKind, actorId, occurredAt: at });
  }

  /** Writes what becomes of clocks. @param reason why those wait that wait @returns ids of those that start, in their order */
  writeClocks(changes: readonly ClockChange[], writing: Writing, reason: string): readonly string[] {
    return changes.flatMap((change) => {
      if (change.change !== 'started') {
        this.write(clockEvent(change, reason), writing);
        return [];
      }
      const deadlineId = this.newId(change.clock);
      const { clock, stage, dueAt, startedAt, remainingMs } = change;
      const reference = { deadlineId, clock, stage };
      const since = startedAt < writing.at ? { startedAt: startedAt.toISOString() } : {};
      this.write({ type: 'clock_started', payload: { ...reference, dueAt: dueAt.toISOString(), ...since } }, writing);
      if (remainingMs !== undefined) this.write({ type: 'clock_paused', payload: { ...reference, reason, remainingMs } }, writing);
      return [deadlineId];
    });
  }

  /** Writes that a clock has run out. */
  writeRanOut({ id: deadlineId, clock, stage, dueAt }: OpenClock, level: number, writing: Writing): void {
    this.write({ type: 'clock_ran_out', payload: { deadlineId, clock, stage, level, dueAt: dueAt.toISOString(), told: [] } }, writing);
  }
}

/** What happens to a clock that is there already. */
function clockEvent(change: Exclude<ClockChange, { readonly change: 'started' }>, reason: string): CaseEvent {
  const { id: deadlineId, clock, stage, dueAt: from } = change.open;
  const reference = { deadlineId, clock, stage };
  switch (change.change) {
    case 'paused': {
      const until = change.until && { until: change.until.toISOString() };
      return { type: 'clock_paused', payload: { ...reference, reason, remainingMs: change.remainingMs, ...until } };
    }
    case 'extended': {
      const moved = { from: from.toISOString(), dueAt: change.dueAt.toISOString() };
      const given = { extensions: change.open.extensions + 1, by: formatDuration(change.by) };
      return { type: 'clock_extended', payload: { ...reference, ...moved, ...given } };
    }
    case 'resumed':
      return { type: 'clock_resumed', payload: { ...reference, dueAt: change.dueAt.toISOString() } };
    case 'kept_waiting':
      return { type: 'clock_kept_waiting', payload: reference };
    case 'finished':
      return change.state === 'cancelled'
        ? { type: 'clock_cancelled', payload: reference }
        : { type: 'clock_met', payload: { ...reference, late: change.state === 'missed_met' } };
    case 'carried':
      throw new Error('no walk leads to another version');
  }
}
