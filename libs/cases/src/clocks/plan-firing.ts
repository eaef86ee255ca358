import {
  findClock,
  firingsAround,
  whomToTell,
  type CaseEvent,
  type Calendar,
  type Clock,
  type Firing,
  type Staffing,
} from '@recourse/domain';
import type { NotificationKind } from '@recourse/notify';
import type { Deadline, DeadlineMove, TrackForFiring } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import type { KeyedEntry } from '../outbox/put-in-outbox';
import type { RuleBook } from '../procedures/rule-book';
import type { StaffingReader } from './staffing';

/** What became of one clock. */
export interface FiredClock {
  readonly deadlineId: string;
  /** Kinds of the firings that were due, oldest first; more than one when nothing ran for a while. */
  readonly kinds: readonly Firing['kind'][];
  /** True when nobody on the team could stand in for somebody on the ladder, so that every director and administrator was told. */
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

/** Everything that is to be written for one clock. */
export interface FiringPlan {
  readonly deadline: Deadline;
  readonly fired: FiredClock;
  readonly move: DeadlineMove;
  /** For the record, in their order. */
  readonly events: readonly CaseEvent[];
  /** Who is told by mail, of what, and the cause that keeps anybody from being told twice. */
  readonly notices: readonly { readonly kind: NotificationKind; readonly recipientId: string; readonly cause: string }[];
  /** What the procedure has the software do now. */
  readonly entries: readonly KeyedEntry[];
}

/** A clock that its procedure or this installation does not know. */
export class NoRulesForClock extends Error {
  override readonly name = 'NoRulesForClock';

  /** @param code `snake_case`, stored as `last_error_code` */
  constructor(readonly code: string) {
    super(code);
  }
}

const KIND_OF: Readonly<Record<Firing['kind'], { readonly event: ClockEventType; readonly notification: NotificationKind }>> = {
  warning: { event: 'clock_warned', notification: 'staff_clock_warning' },
  due: { event: 'clock_ran_out', notification: 'staff_clock_ran_out' },
  escalation: { event: 'clock_escalated', notification: 'staff_clock_escalated' },
};
type ClockEventType = Extract<CaseEvent['type'], 'clock_warned' | 'clock_ran_out' | 'clock_escalated'>;

/**
 * Works out what firing a running clock comes to: everything that is due by now is one event for the record and one notification for each person, and the
 * clock moves to its next level. Writes nothing.
 * @param deadline claimed and locked, with its track
 * @throws NoRulesForClock for a clock that its procedure or this installation does not know
 */
export async function planFiring(
  tx: EntityManager,
  deadline: Deadline,
  track: TrackForFiring,
  surroundings: FiringSurroundings,
): Promise<FiringPlan> {
  const { now, ruleBook, staffing } = surroundings;
  const { clock, calendar } = await rulesOf(tx, deadline, track, ruleBook);
  const { id: deadlineId, startedAt, dueAt, level } = deadline;
  const { due: firings, next } = firingsAround(clock, startedAt, dueAt, calendar, level, now);
  const move = { id: deadlineId, seenLevel: level, level: next?.level ?? level + firings.length, nextFireAt: next?.at ?? null };
  const fired = { deadlineId, kinds: firings.map(({ kind }) => kind), ...(next === undefined ? {} : { nextFireAt: next.at }) };
  const last = firings.at(-1);
  if (last === undefined) {
    return { deadline, fired: { ...fired, isWithoutPerson: false, told: 0 }, move, events: [], notices: [], entries: [] };
  }
  const staff = await staffing.of(track, track.deskTeamId);
  const recipients = await recipientsOf(firings, staff, () => staffing.everyoneInCharge());
  return {
    deadline,
    fired: { ...fired, isWithoutPerson: recipients.isBeyondTheTeam, told: recipients.byMail.length + recipients.onBoard.length },
    move,
    ...tellOf(deadline, firings, last, recipients),
    entries: firings.some(({ kind }) => kind === 'due') ? [triggerOf(deadline)] : [],
  };
}

/** Who notices, and how. Nobody is in both lists. */
interface FiringRecipients {
  readonly byMail: readonly string[];
  /** For these the board is enough. */
  readonly onBoard: readonly string[];
  readonly isBeyondTheTeam: boolean;
}

/**
 * Everybody who should have heard of any of the firings, each by the way that the procedure says: when several come together because nothing ran, a last one that
 * the board is enough for takes no mail from the others.
 */
async function recipientsOf(
  firings: readonly Firing[],
  staff: Staffing,
  everyoneInCharge: () => Promise<readonly string[]>,
): Promise<FiringRecipients> {
  const found = firings.map(({ tell, otherwise, byMail }) => ({ byMail, ...whomToTell(tell, staff, otherwise) }));
  const isBeyondTheTeam = found.some(({ goesBeyondTheTeam }) => goesBeyondTheTeam);
  // Those in charge see no board of this team.
  const inCharge = isBeyondTheTeam ? await everyoneInCharge() : [];
  const byMail = new Set([...found.filter((one) => one.byMail).flatMap(({ staffIds }) => staffIds), ...inCharge]);
  const onBoard = new Set(found.flatMap(({ staffIds }) => staffIds).filter((id) => !byMail.has(id)));
  return { byMail: [...byMail], onBoard: [...onBoard], isBeyondTheTeam };
}

/** @throws NoRulesForClock when the procedure has no such clock, or this installation no such calendar */
async function rulesOf(
  tx: EntityManager,
  deadline: Deadline,
  track: TrackForFiring,
  ruleBook: RuleBook,
): Promise<{ readonly clock: Clock; readonly calendar: Calendar }> {
  const clock = findClock(await ruleBook.procedure(tx, track.procedureVersionId), deadline.kind);
  const calendar = ruleBook.calendars.get(deadline.calendar);
  if (clock === undefined) {
    throw new NoRulesForClock('clock_unknown_to_procedure');
  }
  if (calendar === undefined) {
    throw new NoRulesForClock('calendar_not_published');
  }
  return { clock, calendar };
}

/** What the procedure has the software do when this clock runs out follows from the outbox, once. */
function triggerOf({ id, caseId, trackId, kind, dueAt }: Deadline): KeyedEntry {
  const payload = { caseId, trackId, trigger: 'clock_ran_out', clock: kind, deadlineId: id, dueAt: dueAt.toISOString() } as const;
  return { entry: { topic: 'track_triggered', payload }, dedupeKey: `track_triggered:${id}:${dueAt.getTime()}` };
}

function tellOf(
  deadline: Deadline,
  firings: readonly Firing[],
  last: Firing,
  { byMail, onBoard }: FiringRecipients,
): Pick<FiringPlan, 'events' | 'notices'> {
  const { id: deadlineId, kind: clock, stage, dueAt } = deadline;
  const reference = { deadlineId, clock, stage };
  const missed = firings.filter((firing) => firing !== last).map((firing) => firing.level);
  const payload = {
    ...reference,
    level: last.level,
    dueAt: dueAt.toISOString(),
    told: byMail,
    ...(onBoard.length === 0 ? {} : { onBoard }),
  };
  const events: readonly CaseEvent[] = [
    ...(missed.length === 0 ? [] : [{ type: 'clock_missed', payload: { ...reference, levels: missed } } as const]),
    { type: KIND_OF[last.kind].event, payload },
  ];
  const kind = missed.length > 0 ? 'staff_clock_missed' : KIND_OF[last.kind].notification;
  // The end may move, and then the same level comes again.
  const cause = `clock:${deadlineId}:${last.level}:${dueAt.getTime()}`;
  return { events, notices: byMail.map((recipientId) => ({ kind, recipientId, cause })) };
}
