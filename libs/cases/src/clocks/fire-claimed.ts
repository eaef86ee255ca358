import {
  endPause,
  findClock,
  firingsAround,
  whomToTell,
  type Calendar,
  type CaseEvent,
  type Clock,
  type Firing,
  type Procedure,
} from '@recourse/domain';
import type { NotificationKind } from '@recourse/notify';
import {
  changeDeadline,
  clearDeadlineFailures,
  findCaseForNotice,
  findTrack,
  refreshNextDueAt,
  type CaseForNotice,
  type Deadline,
  type Track,
} from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { planNotification } from '../notifications/plan-notification';
import { putInOutbox } from '../outbox/put-in-outbox';
import type { RuleBook } from '../procedures/rule-book';
import { appendToRecord, SYSTEM } from '../record/append-to-record';
import { changeClocks, openClock } from './change-clocks';
import { everyoneInCharge, type StaffingReader } from './staffing';

/** What became of one clock. */
export interface FiredClock {
  readonly deadlineId: string;
  /** Kinds of the firings that were due, oldest first; more than one when nothing ran for a while. */
  readonly kinds: readonly Firing['kind'][];
  /** True when nobody on the ladder could be found, so that every director and administrator was told. */
  readonly isWithoutPerson: boolean;
  /** How many people are told. */
  readonly told: number;
  /** When it fires next; absent when its ladder is at its end. */
  readonly nextFireAt?: Date;
}

/** What firing needs besides the transaction. */
export interface FiringSurroundings {
  readonly ruleBook: RuleBook;
  readonly staffing: StaffingReader;
  readonly now: Date;
}

const KIND_OF: Readonly<Record<Firing['kind'], { readonly event: ClockEventType; readonly notification: NotificationKind }>> = {
  warning: { event: 'clock_warned', notification: 'staff_clock_warning' },
  due: { event: 'clock_ran_out', notification: 'staff_clock_ran_out' },
  escalation: { event: 'clock_escalated', notification: 'staff_clock_escalated' },
};
type ClockEventType = Extract<CaseEvent['type'], 'clock_warned' | 'clock_ran_out' | 'clock_escalated'>;

/**
 * Fires one clock that this transaction has claimed: everything that is due by now is one event for the record and one notification for each person, and
 * the clock moves to its next level. All in the caller's transaction, so that it happens once or not at all.
 * @param deadline claimed and locked, with its track
 */
export async function fireClaimed(tx: EntityManager, deadline: Deadline, surroundings: FiringSurroundings): Promise<FiredClock> {
  if (deadline.state === 'paused') {
    return endPauseOf(tx, deadline, surroundings);
  }
  const { clock, calendar, track, file } = await read(tx, deadline, surroundings.ruleBook);
  const { startedAt, dueAt, level } = deadline;
  const { due: firings, next } = firingsAround(clock, startedAt, dueAt, calendar, level, surroundings.now);
  const last = firings.at(-1);
  const moved = await changeDeadline(tx, deadline, { level: next?.level ?? level + firings.length, nextFireAt: next?.at ?? null });
  if (!moved) {
    throw new Error('a claimed clock changed');
  }
  if (deadline.failureCount > 0) {
    await clearDeadlineFailures(tx, deadline.id);
  }
  const after = { deadlineId: deadline.id, kinds: firings.map(({ kind }) => kind), ...(next === undefined ? {} : { nextFireAt: next.at }) };
  if (last === undefined) {
    return { ...after, isWithoutPerson: false, told: 0 };
  }
  if (firings.some(({ kind }) => kind === 'due')) {
    await putTrigger(tx, deadline, surroundings.now);
  }
  const staffing = await surroundings.staffing.of(track, file.deskTeamId);
  const onTheLadder = [...new Set(firings.flatMap(({ tell, otherwise }) => whomToTell(tell, staffing, otherwise).staffIds))];
  const told = onTheLadder.length > 0 ? onTheLadder : await everyoneInCharge(tx);
  await tellOf(tx, deadline, firings, last, told, surroundings.now);
  return { ...after, isWithoutPerson: onTheLadder.length === 0, told: told.length };
}

/** A pause with an end is over: the clock goes on with what remained. */
async function endPauseOf(tx: EntityManager, deadline: Deadline, { ruleBook, now }: FiringSurroundings): Promise<FiredClock> {
  const { procedure } = await read(tx, deadline, ruleBook);
  const change = endPause(procedure, openClock(deadline), now, ruleBook.calendars);
  const { caseId, trackId } = deadline;
  await changeClocks(tx, { caseId, trackId, actor: SYSTEM, now }, [change]);
  await refreshNextDueAt(tx, trackId);
  const nextFireAt = change.change === 'resumed' ? change.nextFireAt : undefined;
  return { deadlineId: deadline.id, kinds: [], isWithoutPerson: false, told: 0, ...(nextFireAt === undefined ? {} : { nextFireAt }) };
}

/** What the procedure has the software do when this clock runs out follows from the outbox, once. */
async function putTrigger(tx: EntityManager, { id, caseId, trackId, kind, dueAt }: Deadline, now: Date): Promise<void> {
  const payload = { caseId, trackId, trigger: 'clock_ran_out', clock: kind } as const;
  await putInOutbox(tx, { topic: 'track_triggered', payload }, now, `track_triggered:${id}:${dueAt.getTime()}`);
}

async function read(
  tx: EntityManager,
  deadline: Deadline,
  ruleBook: RuleBook,
): Promise<{
  readonly procedure: Procedure;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly track: Track;
  readonly file: CaseForNotice;
}> {
  const track = await findTrack(tx, deadline.trackId);
  const file = await findCaseForNotice(tx, deadline.caseId);
  if (track === undefined || file === undefined) {
    throw new Error('a clock without its track or case');
  }
  const procedure = await ruleBook.procedure(tx, track.procedureVersionId);
  const clock = findClock(procedure, deadline.kind);
  const calendar = ruleBook.calendars.get(deadline.calendar);
  if (clock === undefined || calendar === undefined) {
    throw new Error('a clock that its procedure does not know, or in a calendar that this installation does not have');
  }
  return { procedure, clock, calendar, track, file };
}

async function tellOf(
  tx: EntityManager,
  deadline: Deadline,
  firings: readonly Firing[],
  last: Firing,
  told: readonly string[],
  now: Date,
): Promise<void> {
  const { caseId, trackId, id: deadlineId, kind: clock, stage } = deadline;
  const where = { caseId, trackId, actor: SYSTEM, now };
  const reference = { deadlineId, clock, stage };
  const missed = firings.filter((firing) => firing !== last).map((firing) => firing.level);
  const eventIds =
    missed.length === 0 ? [] : [await appendToRecord(tx, { type: 'clock_missed', payload: { ...reference, levels: missed }, ...where })];
  const payload = { ...reference, level: last.level, dueAt: deadline.dueAt.toISOString(), told };
  eventIds.push(await appendToRecord(tx, { type: KIND_OF[last.kind].event, payload, ...where }));
  if (!last.byMail) {
    return;
  }
  const kind = missed.length > 0 ? 'staff_clock_missed' : KIND_OF[last.kind].notification;
  for (const recipientId of told) {
    // The end may move, and then the same level comes again.
    const cause = `clock:${deadlineId}:${last.level}:${deadline.dueAt.getTime()}`;
    await planNotification(tx, { kind, recipientKind: 'staff', recipientId, caseId, cause, eventIds, now });
  }
}
