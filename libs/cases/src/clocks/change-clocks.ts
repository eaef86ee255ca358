import { formatDuration, timesGiven, type ClockChange, type OpenClock, type TimesGiven } from '@recourse/domain';
import { changeDeadline, insertDeadline, listDeadlinesOfTrack, lockOpenDeadlines, type Deadline } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord, type EventActor } from '../record/append-to-record';

/** The track whose clocks change, who makes them change, and when. */
export interface ClockChangeContext {
  readonly caseId: string;
  readonly trackId: string;
  readonly actor: EventActor;
  readonly now: Date;
  /** Code of the action that pauses clocks; kept with them as the reason. */
  readonly pausedBy?: string;
}

/** The clocks of a track that run or wait, as the rules see them; locked until the transaction ends. Lock the track first. */
export async function openClocksOf(tx: EntityManager, trackId: string): Promise<readonly OpenClock[]> {
  return (await lockOpenDeadlines(tx, trackId)).map(openClock);
}

/** How often each clock that the track ever had was given more time. */
export async function timesGivenOn(tx: EntityManager, trackId: string): Promise<TimesGiven> {
  return timesGivenTo(await listDeadlinesOfTrack(tx, trackId));
}

/** How often each of these clocks was given more time: all that a track ever had. */
export function timesGivenTo(deadlines: readonly Pick<Deadline, 'kind' | 'extensions'>[]): TimesGiven {
  return timesGiven(deadlines.map(({ kind, extensions }) => ({ clock: kind, extensions })));
}

/** A clock as the rules see it. @throws Error when it has ended */
export function openClock(deadline: Deadline): OpenClock {
  if (deadline.state !== 'running' && deadline.state !== 'paused') {
    throw new Error('a clock that has ended is not open');
  }
  return {
    id: deadline.id,
    clock: deadline.kind,
    stage: deadline.stage,
    calendar: deadline.calendar,
    calendarVersion: deadline.calendarVersion,
    startedAt: deadline.startedAt,
    dueAt: deadline.dueAt,
    state: deadline.state,
    ...(deadline.remainingMs === null ? {} : { remainingMs: deadline.remainingMs }),
    ...(deadline.pauseUntil === null ? {} : { pausedUntil: deadline.pauseUntil }),
    ...(deadline.missedAt === null ? {} : { missedAt: deadline.missedAt }),
    level: deadline.level,
    extensions: deadline.extensions,
  };
}

/**
 * Starts, pauses, extends, resumes and ends clocks: a row and an event each, and an outbox entry where the queue should know a new moment. Call
 * `refreshNextDueAt` afterwards, unless the track is inserted with its `nextDueAt`.
 */
export async function changeClocks(tx: EntityManager, context: ClockChangeContext, changes: readonly ClockChange[]): Promise<void> {
  for (const change of changes) {
    await changeClock(tx, context, change);
  }
}

async function changeClock(tx: EntityManager, context: ClockChangeContext, change: ClockChange): Promise<void> {
  switch (change.change) {
    case 'started':
      return start(tx, context, change);
    case 'paused':
      return pause(tx, context, change);
    case 'extended':
      return extend(tx, context, change);
    case 'resumed':
      return resume(tx, context, change);
    case 'kept_waiting':
      return keepWaiting(tx, context, change);
    case 'carried':
      return carry(tx, context, change);
    case 'finished':
      return finish(tx, context, change);
  }
}

type Change<C extends ClockChange['change']> = Extract<ClockChange, { readonly change: C }>;

async function start(tx: EntityManager, context: ClockChangeContext, change: Change<'started'>): Promise<void> {
  const { caseId, trackId, actor, now } = context;
  const { remainingMs } = change;
  const reason = reasonIn(context);
  const deadlineId = v7();
  await insertDeadline(tx, {
    id: deadlineId,
    trackId,
    caseId,
    kind: change.clock,
    stage: change.stage,
    calendar: change.calendar,
    calendarVersion: change.calendarVersion,
    startedAt: change.startedAt,
    dueAt: change.dueAt,
    level: 0,
    nextFireAt: change.nextFireAt ?? null,
    ...(change.extensions === 0 ? {} : { extensions: change.extensions }),
    ...(remainingMs === undefined ? { state: 'running' } : { state: 'paused', remainingMs, pausedAt: now, pauseReasonCode: reason }),
  });
  const clock = { deadlineId, clock: change.clock, stage: change.stage };
  const written = { caseId, trackId, actor, now };
  const since = change.startedAt < now ? { startedAt: change.startedAt.toISOString() } : {};
  await appendToRecord(tx, { type: 'clock_started', payload: { ...clock, dueAt: change.dueAt.toISOString(), ...since }, ...written });
  if (remainingMs === undefined) {
    await putInOutbox(tx, { topic: 'deadline_changed', payload: { deadlineId } }, now);
  } else {
    await appendToRecord(tx, { type: 'clock_paused', payload: { ...clock, reason, remainingMs }, ...written });
  }
}

async function pause(tx: EntityManager, context: ClockChangeContext, change: Change<'paused'>): Promise<void> {
  const { open, pausedAt, remainingMs, until } = change;
  const reason = reasonIn(context);
  await update(tx, open, {
    calendarVersion: versionAfter(change),
    state: 'paused',
    pausedAt,
    pauseReasonCode: reason,
    pauseUntil: until ?? null,
    remainingMs,
    nextFireAt: until ?? null,
  });
  const end = until === undefined ? {} : { until: until.toISOString() };
  await appendToRecord(tx, { type: 'clock_paused', payload: { ...reference(open), reason, remainingMs, ...end }, ...context });
  if (until !== undefined) {
    await putInOutbox(tx, { topic: 'deadline_changed', payload: { deadlineId: open.id } }, context.now);
  }
}

async function extend(tx: EntityManager, context: ClockChangeContext, change: Change<'extended'>): Promise<void> {
  const { open, dueAt, level, nextFireAt, missedAt = null } = change;
  const extensions = open.extensions + 1;
  await update(tx, open, { calendarVersion: versionAfter(change), dueAt, level, nextFireAt: nextFireAt ?? null, extensions, missedAt });
  const payload = {
    ...reference(open),
    from: open.dueAt.toISOString(),
    dueAt: dueAt.toISOString(),
    extensions,
    by: formatDuration(change.by),
  };
  await appendToRecord(tx, { type: 'clock_extended', payload, ...context });
  await putInOutbox(tx, { topic: 'deadline_changed', payload: { deadlineId: open.id } }, context.now);
}

async function resume(tx: EntityManager, context: ClockChangeContext, change: Change<'resumed'>): Promise<void> {
  const { open, dueAt, nextFireAt } = change;
  const changes = {
    calendarVersion: versionAfter(change),
    state: 'running',
    pausedAt: null,
    pauseReasonCode: null,
    pauseUntil: null,
    remainingMs: null,
    dueAt,
    nextFireAt: nextFireAt ?? null,
  } as const;
  await update(tx, open, changes);
  await appendToRecord(tx, { type: 'clock_resumed', payload: { ...reference(open), dueAt: dueAt.toISOString() }, ...context });
  await putInOutbox(tx, { topic: 'deadline_changed', payload: { deadlineId: open.id } }, context.now);
}

async function keepWaiting(tx: EntityManager, context: ClockChangeContext, { open }: Change<'kept_waiting'>): Promise<void> {
  await update(tx, open, { pauseUntil: null, nextFireAt: null });
  await appendToRecord(tx, { type: 'clock_kept_waiting', payload: reference(open), ...context });
}

/** Under another version of its procedure. An event only where somebody would look for it under its old name. */
async function carry(tx: EntityManager, context: ClockChangeContext, change: Change<'carried'>): Promise<void> {
  const { open, as } = change;
  await update(tx, open, {
    kind: as.clock,
    stage: as.stage,
    calendar: as.calendar,
    calendarVersion: as.calendarVersion,
    level: as.level,
    ...(as.remainingMs === undefined ? {} : { remainingMs: as.remainingMs }),
    ...('nextFireAt' in change ? { nextFireAt: change.nextFireAt ?? null } : {}),
  });
  if (as.clock !== open.clock || as.stage !== open.stage) {
    const payload = { ...reference(as), fromClock: open.clock, fromStage: open.stage };
    await appendToRecord(tx, { type: 'clock_carried_over', payload, ...context });
  }
  if ('nextFireAt' in change) {
    await putInOutbox(tx, { topic: 'deadline_changed', payload: { deadlineId: open.id } }, context.now);
  }
}

async function finish(tx: EntityManager, context: ClockChangeContext, { open, state, finishedAt }: Change<'finished'>): Promise<void> {
  await update(tx, open, { state, finishedAt, pausedAt: null, pauseUntil: null, nextFireAt: null });
  const clock = reference(open);
  await (state === 'cancelled'
    ? appendToRecord(tx, { type: 'clock_cancelled', payload: clock, ...context })
    : appendToRecord(tx, { type: 'clock_met', payload: { ...clock, late: state === 'missed_met' }, ...context }));
}

/**
 * The older of the two versions by which a clock was computed, before and now: the worker recomputes it by the present one, whoever was behind when a calendar
 * was published.
 */
function versionAfter({ open, calendarVersion }: Pick<Change<'resumed'>, 'open' | 'calendarVersion'>): number {
  return Math.min(open.calendarVersion, calendarVersion);
}

/** Why a clock waits: the action that makes it, or the opening of its track. */
function reasonIn({ pausedBy }: ClockChangeContext): string {
  return pausedBy ?? 'track_opened';
}

/** The rows are locked, so a clock that is not as it was read is a bug and not a race. */
async function update(tx: EntityManager, open: OpenClock, changes: Parameters<typeof changeDeadline>[2]): Promise<void> {
  if (!(await changeDeadline(tx, { id: open.id, level: open.level, state: open.state }, changes))) {
    throw new Error('a locked clock changed');
  }
}

function reference(open: OpenClock): { readonly deadlineId: string; readonly clock: string; readonly stage: string } {
  return { deadlineId: open.id, clock: open.clock, stage: open.stage };
}

/** When the first of the clocks that start and run runs out: `track.next_due_at` of a new track. */
export function firstDueAt(changes: readonly ClockChange[]): Date | null {
  const due = changes.flatMap((change) =>
    change.change === 'started' && change.remainingMs === undefined ? [change.dueAt.getTime()] : [],
  );
  return due.length === 0 ? null : new Date(Math.min(...due));
}
