import { findClock, parseDuration, recomputedClock, type Calendar, type ClockStep, type RecomputedClock } from '@recourse/domain';
import { listClockEvents, type ClockEvent, type ClockOfTrack, type Deadline } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { openClock } from '../clocks/change-clocks';
import type { RuleBook } from '../procedures/rule-book';

/** An open clock, and where it stands by another version of its calendar. */
export interface Recomputation {
  readonly deadline: Deadline;
  readonly end: RecomputedClock;
  /** True when it ends at another moment or, paused, has other time left. */
  readonly isMoved: boolean;
}

type StoredClock = Omit<ClockOfTrack, 'reference'>;

/**
 * Works out where open clocks stand by another version of their calendar. Changes nothing.
 * @param clocks all of one calendar
 * @param after the version by which to compute; it need not be published
 * @throws Error for a clock that its procedure does not know
 */
export async function recompute(
  tx: EntityManager,
  ruleBook: RuleBook,
  clocks: readonly StoredClock[],
  after: Calendar,
  now: Date,
): Promise<readonly Recomputation[]> {
  const history = await readHistory(tx, clocks);
  const versions = new EarlierVersions(tx, ruleBook, after.code);
  const done: Recomputation[] = [];
  for (const { deadline, procedureVersionId } of clocks) {
    const rule = findClock(await ruleBook.procedure(tx, procedureVersionId), deadline.kind);
    if (rule === undefined) {
      throw new Error('a clock that its procedure does not know');
    }
    const steps = stepsOf(history.get(deadline.id) ?? []);
    const change = { steps, after, ...(await versions.around(deadline.calendarVersion)) };
    const end = recomputedClock(rule, openClock(deadline), change, now);
    done.push({ deadline, end, isMoved: isMoved(deadline, end) });
  }
  return done;
}

function isMoved({ dueAt, remainingMs }: Deadline, end: RecomputedClock): boolean {
  return dueAt.getTime() !== end.dueAt.getTime() || remainingMs !== (end.remainingMs ?? null);
}

async function readHistory(tx: EntityManager, clocks: readonly StoredClock[]): Promise<ReadonlyMap<string, readonly ClockEvent[]>> {
  const history = new Map<string, ClockEvent[]>();
  for (const event of await listClockEvents(tx, [...new Set(clocks.map(({ deadline }) => deadline.trackId))])) {
    history.set(event.deadlineId, [...(history.get(event.deadlineId) ?? []), event]);
  }
  return history;
}

/** The steps that the events tell, or undefined when one of them does not say enough. */
function stepsOf(events: readonly ClockEvent[]): readonly ClockStep[] | undefined {
  const steps: ClockStep[] = [];
  for (const { type, payload, occurredAt: at } of events) {
    if (type === 'clock_extended') {
      const by = typeof payload['by'] === 'string' ? parseDuration(payload['by']) : undefined;
      if (by === undefined) {
        return undefined;
      }
      steps.push({ step: 'extended', at, by });
    } else {
      steps.push(type === 'clock_paused' ? { step: 'paused', at } : { step: 'resumed', at });
    }
  }
  return steps;
}

/** Earlier versions of one calendar, each read once. */
class EarlierVersions {
  readonly #known = new Map<number, { readonly before: Calendar | undefined; readonly changedAt: Date | undefined }>();

  constructor(
    private readonly tx: EntityManager,
    private readonly ruleBook: RuleBook,
    private readonly code: string,
  ) {}

  /** The version by which a clock was computed, and when the next one was published. */
  async around(version: number): Promise<{ readonly before: Calendar | undefined; readonly changedAt: Date | undefined }> {
    const known = this.#known.get(version);
    if (known !== undefined) {
      return known;
    }
    const before = await this.ruleBook.calendarVersion(this.tx, this.code, version);
    const next = await this.ruleBook.calendarVersion(this.tx, this.code, version + 1);
    const read = { before: before?.calendar, changedAt: next?.publishedAt };
    this.#known.set(version, read);
    return read;
  }
}
