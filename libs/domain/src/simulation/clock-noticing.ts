import type { RecordedEvent } from './recorded-case';
import { moment, text } from './recorded-payload';

/** How late the software is where it never comes. */
export const NEVER = Number.POSITIVE_INFINITY;

interface OpenClockOfRecord {
  clock: string;
  dueAt: Date;
  isPaused: boolean;
  isNoticed: boolean;
}

/**
 * How late the software noticed, by the record, that each clock of a track ran out. Where it was away until the clock was met, not needed any more, paused or given more
 * time, it never did; and then it did nothing about it either, whatever its procedure has it do.
 */
export class ClockNoticing {
  readonly #open = new Map<string, OpenClockOfRecord>();

  /** @param tell of each end that was noticed late or never, with the code that the clock had then */
  constructor(private readonly tell: (clock: string, dueAt: Date, lag: number) => void) {}

  /** An event of the track; those that are not about clocks are passed over. */
  read(event: RecordedEvent): void {
    const id = text(event, 'deadlineId');
    if (id === undefined) return;
    const at = event.occurredAt;
    if (event.type === 'clock_started') {
      this.#open.set(id, { clock: text(event, 'clock') ?? '', dueAt: moment(event, 'dueAt'), isPaused: false, isNoticed: false });
      return;
    }
    const known = this.#open.get(id);
    if (!known) return;
    switch (event.type) {
      case 'clock_ran_out':
      case 'clock_escalated':
        this.#notice(known, at);
        return;
      case 'clock_carried_over':
        known.clock = text(event, 'clock') ?? known.clock;
        return;
      case 'clock_met':
      case 'clock_cancelled':
        this.#end(known, at);
        this.#open.delete(id);
        return;
      case 'clock_paused':
        this.#end(known, at);
        known.isPaused = true;
        return;
      case 'clock_extended':
      case 'clock_resumed':
      case 'clock_recomputed':
        this.#end(known, at);
        known.isPaused = event.type === 'clock_resumed' ? false : known.isPaused;
        Object.assign(known, { dueAt: moment(event, 'dueAt'), isNoticed: false });
        return;
      default:
    }
  }

  #notice(known: OpenClockOfRecord, at: Date): void {
    if (!known.isNoticed && at > known.dueAt) this.tell(known.clock, known.dueAt, at.getTime() - known.dueAt.getTime());
    known.isNoticed = true;
  }

  #end({ clock, dueAt, isPaused, isNoticed }: OpenClockOfRecord, at: Date): void {
    if (!isPaused && !isNoticed && dueAt < at) this.tell(clock, dueAt, NEVER);
  }
}
