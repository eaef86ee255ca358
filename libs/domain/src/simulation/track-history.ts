import { findAction, type Action, type Procedure } from '../procedures/procedure';
import type { ActionTrigger, StaffRole } from '../procedures/vocabulary';
import type { RecordedCase, RecordedEvent } from './recorded-case';
import { ClockNoticing, NEVER } from './clock-noticing';
import { moment, text } from './recorded-payload';
import { VersionsOfTracks, type RecordedMove } from './recorded-move';

/** Who acted. */
export interface RecordedPerson {
  readonly staffId: string;
  /** Absent when their role of today may not take what they took: then they had another. */
  readonly role?: StaffRole;
}

/** An action that a person took, as far as it can be read. */
export interface RecordedAction {
  readonly action: string;
  readonly by: RecordedPerson;
  readonly outcome?: string;
  /** Inputs that are not sealed, by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What the action asked for then; absent when its procedure does not know it. */
  readonly rule?: Action;
}

/** What happened to a track from outside, whatever the rules. What the software and the clocks did follows from the rules and is not among it. */
export type HistoryItem = { readonly at: Date } & (
  | { readonly what: 'acted'; readonly action: RecordedAction }
  /** A second person was asked. `outcome` is known when they agreed. */
  | { readonly what: 'asked'; readonly approvalId: string; readonly action: RecordedAction }
  | { readonly what: 'agreed'; readonly approvalId: string; readonly action: RecordedAction; readonly agreedBy: RecordedPerson }
  /** The second person declined, or whoever asked took it back. */
  | { readonly what: 'not_agreed'; readonly approvalId: string }
  | { readonly what: 'assigned'; readonly isAssigned: boolean }
  | { readonly what: 'company_named' }
  | { readonly what: 'sub_track_closed'; readonly subTrackId: string }
  /** Somebody took an action on the track that opened this one, asked for one or agreed to one. Also before this one began. */
  | { readonly what: 'took_part'; readonly staffId: string }
  /** An operator moved it to another version of its procedure. */
  | { readonly what: 'moved'; readonly move: RecordedMove }
  /** The software heard of it at `at`; it happened at `happenedAt`. */
  | { readonly what: 'triggered'; readonly trigger: ActionTrigger; readonly happenedAt: Date }
);

/** What happened to one track, in order. */
export interface TrackHistory {
  readonly openedAt: Date;
  /** The version under which it began. */
  readonly procedure: Procedure;
  readonly items: readonly HistoryItem[];
  /** By how many milliseconds the software was late, by {@link lagKey}: punctual where nothing is noted, {@link NEVER} where it was away until nothing was left to do. */
  readonly lags: ReadonlyMap<string, number>;
  /** Ids of the tracks that each action opened, by its code, oldest first. */
  readonly opened: ReadonlyMap<string, readonly string[]>;
}

/** Names a moment at which the software had something to do with a clock. */
export function lagKey(what: 'ran_out' | 'pause_over', clock: string, at: Date): string {
  return `${what} ${clock} ${at.getTime()}`;
}

/**
 * What happened to a track from outside, read from the record of its case.
 * @param trackId one of `recorded.procedures`
 * @returns undefined when the record does not say when the track began, or a version of its procedure is not given
 */
export function readHistory(recorded: RecordedCase, trackId: string): TrackHistory | undefined {
  const opening = recorded.events.find((event) => event.type === 'case_opened' && event.trackId === trackId);
  if (!opening || !recorded.procedures.has(trackId)) return undefined;
  const reader = new HistoryReader(recorded, trackId);
  recorded.events.forEach((event, place) => reader.read(event, place));
  const read = reader.result();
  return read && { openedAt: opening.occurredAt, ...read };
}

type Trigger = { place: number; at: Date; readonly trigger: ActionTrigger; readonly happenedAt: Date; isActedOn: boolean };

const PAUSE_ENDS: ReadonlySet<string> = new Set(['clock_resumed', 'clock_kept_waiting', 'clock_met', 'clock_cancelled']);

/** By what somebody takes part in a track. */
const TAKING_PART: ReadonlySet<string> = new Set(['action_performed', 'approval_requested', 'approval_given']);

const COMPLAINANT_WROTE: ReadonlySet<string> = new Set(['message_received', 'complaint_added_to', 'evidence_added']);

class HistoryReader {
  readonly #items: { readonly place: number; readonly item: HistoryItem }[] = [];
  readonly #triggers: Trigger[] = [];
  readonly #lags = new Map<string, number>();
  readonly #opened = new Map<string, string[]>();
  /** What was taken after a second person agreed, by the request. */
  readonly #agreed: ReadonlyMap<string, RecordedEvent>;
  /** The end of each clock that was noticed last, and of each pause. */
  readonly #ranOut = new Map<string, Date>();
  readonly #pausedUntil = new Map<string, Date>();
  readonly #noticing: ClockNoticing;
  readonly #versions: VersionsOfTracks;
  /** The track that opened this one. */
  readonly #openedBy: string | undefined;
  #begunUnder: Procedure | undefined;
  #isVersionMissing = false;
  #stageEnteredAt = new Date(0);
  #lastAction = '';

  constructor(
    private readonly recorded: RecordedCase,
    private readonly trackId: string,
  ) {
    this.#versions = new VersionsOfTracks(recorded);
    const opening = recorded.events.find((event) => event.type === 'sub_track_opened' && text(event, 'subTrackId') === trackId);
    this.#openedBy = opening?.trackId ?? undefined;
    this.#noticing = new ClockNoticing((clock, dueAt, lag) => this.#lags.set(lagKey('ran_out', clock, dueAt), lag));
    const agreed = new Map<string, RecordedEvent>();
    for (const event of recorded.events) {
      const approvalId = event.type === 'action_performed' ? text(event, 'approvalId') : undefined;
      if (approvalId !== undefined) agreed.set(approvalId, event);
    }
    this.#agreed = agreed;
  }

  read(event: RecordedEvent, place: number): void {
    const add = (item: HistoryItem): void => void this.#items.push({ place, item });
    const move = this.#versions.read(event, place);
    if (event.trackId === this.trackId && move === 'unknown') this.#isVersionMissing = true;
    else if (event.trackId === this.trackId && move !== undefined && move !== 'unknown') add({ what: 'moved', at: event.occurredAt, move });
    if (event.trackId === this.trackId) this.#readOwn(event, place, add);
    else this.#readOther(event, place, add);
    if (event.type === 'action_performed' && this.#namesCompany(event)) add({ what: 'company_named', at: event.occurredAt });
  }

  result(): Omit<TrackHistory, 'openedAt'> | undefined {
    if (this.#isVersionMissing || !this.#begunUnder) return undefined;
    const triggers = this.#triggers.map(({ place, isActedOn: _isActedOn, ...item }) => ({
      place,
      item: { what: 'triggered', ...item } as const,
    }));
    // What happened in the same place comes in the order in which it was read: a sort is stable.
    const items = [...triggers, ...this.#items].sort((one, other) => one.place - other.place).map(({ item }) => item);
    return { procedure: this.#begunUnder, items, lags: this.#lags, opened: this.#opened };
  }

  #readOther(event: RecordedEvent, place: number, add: (item: HistoryItem) => void): void {
    const { type, trackId, occurredAt: at } = event;
    if (COMPLAINANT_WROTE.has(type) && event.actorKind !== 'staff') {
      this.#triggers.push({ place, at, trigger: 'complainant_wrote', happenedAt: at, isActedOn: false });
    }
    if (trackId !== null && trackId === this.#openedBy && TAKING_PART.has(type) && event.actorKind === 'staff' && event.actorId !== null) {
      add({ what: 'took_part', at, staffId: event.actorId });
    }
    const isSubTrack = trackId !== null && [...this.#opened.values()].some((ids) => ids.includes(trackId));
    // Exactly the actions that lead to an end have an outcome.
    if (trackId !== null && isSubTrack && type === 'action_performed' && text(event, 'outcome') !== undefined) {
      add({ what: 'sub_track_closed', at, subTrackId: trackId });
      this.#triggers.push({ place: place + 0.5, at, trigger: 'sub_track_closed', happenedAt: at, isActedOn: false });
    }
  }

  #readOwn(event: RecordedEvent, place: number, add: (item: HistoryItem) => void): void {
    const { type, occurredAt: at } = event;
    const approvalId = text(event, 'approvalId') ?? '';
    switch (type) {
      case 'case_opened':
        this.#begunUnder = this.#versions.of(this.trackId);
        this.#stageEnteredAt = at;
        return;
      case 'action_performed': {
        this.#readAction(event, place, add);
        return;
      }
      case 'approval_requested': {
        add({ what: 'asked', at, approvalId, action: this.#actionOf(this.#agreed.get(approvalId) ?? event, event.actorId) });
        return;
      }
      case 'approval_given': {
        const taken = this.#agreed.get(approvalId);
        const action = this.#actionOf(taken ?? event, text(event, 'requestedBy') ?? null);
        add({ what: 'agreed', at, approvalId, action, agreedBy: this.#person(event.actorId, action.rule?.approval?.roles ?? []) });
        return;
      }
      case 'approval_declined': {
        add({ what: 'not_agreed', at, approvalId });
        return;
      }
      case 'approval_lapsed':
        // When the track moves, requests lapse by the rules; only what a person takes back comes from outside.
        if (event.actorKind === 'staff') add({ what: 'not_agreed', at, approvalId });
        return;
      case 'assigned': {
        add({ what: 'assigned', at, isAssigned: typeof event.payload['assigneeId'] === 'string' });
        return;
      }
      case 'sub_track_opened':
        this.#opened.set(this.#lastAction, [...(this.#opened.get(this.#lastAction) ?? []), text(event, 'subTrackId') ?? '']);
        return;
      default:
        this.#readClock(event);
    }
  }

  #readAction(event: RecordedEvent, place: number, add: (item: HistoryItem) => void): void {
    const at = event.occurredAt;
    this.#lastAction = text(event, 'action') ?? '';
    if (event.actorKind === 'system') {
      this.#readBySoftware(this.#ruleOf(this.#lastAction), event, place);
    } else if (text(event, 'approvalId') === undefined) {
      add({ what: 'acted', at, action: this.#actionOf(event, event.actorId) });
    }
    if (text(event, 'from') !== text(event, 'to')) this.#stageEnteredAt = at;
  }

  /** The software acts a little after what made it act: a replay is as late as it was. */
  #readBySoftware(action: Action | undefined, event: RecordedEvent, place: number): void {
    const at = event.occurredAt;
    const ranOut = action?.trigger === 'clock_ran_out' && action.onClock !== undefined ? this.#ranOut.get(action.onClock) : undefined;
    if (ranOut && action?.onClock !== undefined) this.#lags.set(lagKey('ran_out', action.onClock, ranOut), late(ranOut, at));
    const waiting = this.#triggers.filter(
      ({ trigger, isActedOn, happenedAt }) => trigger === action?.trigger && !isActedOn && happenedAt >= this.#stageEnteredAt,
    );
    // Who leaves the stage leaves all that was heard there; who stays acts once for each, and what found nothing to do was heard before.
    const heard = text(event, 'from') === text(event, 'to') ? waiting.slice(-1) : waiting;
    for (const one of heard) Object.assign(one, { place, at, isActedOn: true });
  }

  #readClock(event: RecordedEvent): void {
    const clock = text(event, 'clock') ?? '';
    const deadlineId = text(event, 'deadlineId') ?? '';
    this.#noticing.read(event);
    if (event.type === 'clock_warned' || event.type === 'clock_ran_out' || event.type === 'clock_escalated') {
      this.#ranOut.set(clock, moment(event, 'dueAt'));
    } else if (event.type === 'clock_paused' && text(event, 'until') !== undefined) {
      this.#pausedUntil.set(deadlineId, moment(event, 'until'));
    } else if (PAUSE_ENDS.has(event.type)) {
      const until = this.#pausedUntil.get(deadlineId);
      this.#pausedUntil.delete(deadlineId);
      if (!until || event.occurredAt < until) return;
      const isBySoftware = event.actorKind === 'system' && (event.type === 'clock_resumed' || event.type === 'clock_kept_waiting');
      // Where a person was there first, the software was away.
      if (isBySoftware) this.#lags.set(lagKey('pause_over', clock, until), late(until, event.occurredAt));
      else if (event.occurredAt > until) this.#lags.set(lagKey('pause_over', clock, until), NEVER);
    }
  }

  /** @param source the event that says most about the action */
  #actionOf(source: RecordedEvent, staffId: string | null): RecordedAction {
    const action = text(source, 'action') ?? '';
    const rule = this.#ruleOf(action);
    const outcome = text(source, 'outcome');
    return {
      action,
      by: this.#person(staffId, rule?.roles ?? []),
      inputs: inputsOf(source),
      ...(outcome !== undefined && { outcome }),
      ...(rule && { rule }),
    };
  }

  /** The action as the version has it that held then. */
  #ruleOf(action: string): Action | undefined {
    const procedure = this.#versions.of(this.trackId);
    return procedure && findAction(procedure, action);
  }

  #person(staffId: string | null, allowed: readonly string[]): RecordedPerson {
    const role = this.recorded.roles.get(staffId ?? '');
    return { staffId: staffId ?? '', ...(role && allowed.includes(role) && { role }) };
  }

  #namesCompany(event: RecordedEvent): boolean {
    const procedure = this.#versions.of(event.trackId ?? '');
    const action = procedure && findAction(procedure, text(event, 'action') ?? '');
    const given = inputsOf(event);
    return action?.inputs.some(({ type, name, required }) => type === 'company' && (required || Object.hasOwn(given, name))) === true;
  }
}

function inputsOf({ payload }: RecordedEvent): Readonly<Record<string, string>> {
  const inputs: unknown = payload['inputs'];
  if (typeof inputs !== 'object' || inputs === null) return {};
  return Object.fromEntries(Object.entries(inputs).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function late(planned: Date, at: Date): number {
  return Math.max(0, at.getTime() - planned.getTime());
}
