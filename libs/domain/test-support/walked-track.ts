import {
  availableActions,
  clockChanges,
  clockFact,
  clocksAfter,
  decide,
  decideApproval,
  endPause,
  NO_FACTS,
  openingClocks,
  stageOf,
  STAFF_ROLES,
  SYSTEM_ACTOR,
  timesGiven,
  triggeredActions,
  type ActionActor,
  type Calendars,
  type CaseEvent,
  type ClockChange,
  type Decision,
  type Facts,
  type OpenClock,
  type Permission,
  type Procedure,
  type TimesGiven,
  type TrackState,
  type Triggered,
} from '../src';
import { ruleOf } from '../src/clocks/clock-change';
import type { Standing } from '../src/procedures/standing';
import { WALKED_TRACK, WalkedRecord, type WalkedActor } from './walked-record';

/** A request for a second person. */
export interface WaitingApproval {
  readonly id: string;
  readonly action: string;
  readonly requestedBy: string;
}

/**
 * One track in memory, moved as the use cases of `libs/cases` move it, with the record that they would write: for walks in random order. The domain decides
 * everything; this only remembers what it decided.
 */
export class WalkedTrack {
  stage: string;
  clocks: readonly OpenClock[] = [];
  approvals: readonly WaitingApproval[] = [];
  readonly record = new WalkedRecord();
  #isAssigned = false;
  #subTracks: readonly string[] = [];
  /** Codes of the actions taken, by people and by the software. */
  readonly taken: string[] = [];
  #isCompanyNamed = false;
  #given: TimesGiven = new Map();
  #established: ReadonlySet<string> = new Set();
  /** Clocks whose end was noticed, each with that end. */
  readonly #ranOut = new Set<string>();

  constructor(
    readonly procedure: Procedure,
    readonly calendars: Calendars,
    public now: Date,
  ) {
    this.stage = procedure.initial;
    const begun = { procedure: procedure.procedure, procedureVersion: procedure.version, stage: procedure.initial };
    this.#write({ type: 'case_opened', payload: begun });
    this.#changeClocks(openingClocks(procedure, now, calendars));
  }

  get isClosed(): boolean {
    return stageOf(this.procedure, this.stage).isEnd;
  }

  get isAssigned(): boolean {
    return this.#isAssigned;
  }

  /** How many tracks that this one opened are not over. */
  get openSubTracks(): number {
    return this.#subTracks.length;
  }

  /** How often it was noticed that a clock had run out. */
  get noticed(): number {
    return this.#ranOut.size;
  }

  /** What this person can do now, with an end or without one. */
  allowed(actor: ActionActor, isEndWanted: boolean): readonly Permission[] {
    return availableActions(this.procedure, this.#state, this.#facts, actor).flatMap(({ decision }) =>
      decision.ok && (isEndWanted || !decision.closes) ? [decision] : [],
    );
  }

  /** Takes what was allowed, or asks a second person for it. */
  act(actor: ActionActor & { readonly staffId: string }, permission: Permission): void {
    if (permission.approval) {
      const [id, action] = [this.record.newId('request'), permission.action.code];
      this.approvals = [...this.approvals, { id, action, requestedBy: actor.staffId }];
      this.#write({ type: 'approval_requested', payload: { approvalId: id, action, stage: this.stage } }, actor);
    } else {
      this.#take(permission, actor);
    }
  }

  /**
   * An officer or, where the role is another, whoever may takes this action now; a second person agrees at once.
   * @throws Error when nobody may
   */
  take(code: string): void {
    const actors = STAFF_ROLES.map((role) => ({ role, staffId: role, onTeam: true }));
    const decisions = actors.map((actor) => ({ actor, decision: decide(this.procedure, this.#state, this.#facts, actor, code) }));
    const [first] = decisions.flatMap(({ actor, decision }) => (decision.ok ? [{ actor, decision }] : []));
    if (!first) throw new Error(`nobody may take ${code}: ${JSON.stringify(decisions)}`);
    this.#take(first.decision, first.actor);
  }

  /** How it stands, as the proof at publishing sees it. */
  get standing(): Standing {
    return {
      stage: this.stage,
      facts: this.#established,
      companyNamed: this.#isCompanyNamed,
      clocks: this.clocks,
      given: this.#given,
    };
  }

  /** Why nobody may take this action now; nothing when somebody may. */
  refusal(code: string): string | undefined {
    const decisions = STAFF_ROLES.map((role) =>
      decide(this.procedure, this.#state, this.#facts, { role, staffId: role, onTeam: true }, code),
    );
    return decisions.some(({ ok }) => ok) ? undefined : decisions.flatMap((one) => (one.ok ? [] : one.refusal.code))[0];
  }

  /** The open clock with this code. */
  clock(code: string): OpenClock {
    const found = this.clocks.find(({ clock }) => clock === code);
    if (!found) throw new Error(`${code} is not open`);
    return found;
  }

  /** Time passes until this moment, as in {@link wait}. */
  waitUntil(moment: string): void {
    this.wait((new Date(moment).getTime() - this.now.getTime()) / 3_600_000);
  }

  /** What {@link decideApproval} says when this person agrees. */
  asked(actor: ActionActor, request: WaitingApproval): Decision {
    return decideApproval(this.procedure, this.#state, this.#facts, actor, request);
  }

  /** This person answers the request: what was permitted is taken, otherwise it is declined. */
  answer(request: WaitingApproval, by: { readonly staffId: string }, decision: Permission | undefined): void {
    const { id: approvalId, action, requestedBy } = request;
    this.approvals = this.approvals.filter((one) => one !== request);
    this.#write({ type: decision ? 'approval_given' : 'approval_declined', payload: { approvalId, action, requestedBy } }, by);
    if (decision) this.#take(decision, { staffId: requestedBy }, approvalId);
  }

  /** Somebody takes it in hand, or puts it back. */
  assign(isAssigned: boolean): void {
    if (isAssigned === this.#isAssigned) return;
    const [assigneeId, previousAssigneeId] = isAssigned ? ['somebody', null] : [null, 'somebody'];
    this.#isAssigned = isAssigned;
    this.#write({ type: 'assigned', payload: { assigneeId, previousAssigneeId } }, { staffId: 'somebody' });
  }

  /** The software acts if it is to. */
  complainantWrites(): void {
    this.#write({ type: 'message_received', payload: { messageId: this.record.newId('message') } }, 'complainant', null);
    this.#trigger({ trigger: 'complainant_wrote' });
  }

  /** The oldest of the tracks that this one opened is over, if there is one; the software acts if it is to. */
  endSubTrack(): void {
    const [over, ...open] = this.#subTracks;
    if (over === undefined) return;
    this.#subTracks = open;
    const payload = { action: 'finish', from: 'open', to: 'over', outcome: 'done' };
    this.#write({ type: 'action_performed', payload }, { staffId: 'somebody' }, over);
    this.#trigger({ trigger: 'sub_track_closed' });
  }

  #trigger(triggered: Triggered): void {
    for (const { code } of triggeredActions(this.procedure, this.#state, triggered)) {
      const decision = decide(this.procedure, this.#state, this.#facts, SYSTEM_ACTOR, code);
      if (decision.ok) {
        this.#take(decision);
        return;
      }
    }
  }

  /** Time passes: clocks run out and pauses end, one after the other, when it is their time. */
  wait(hours: number): void {
    const end = new Date(this.now.getTime() + hours * 3_600_000);
    for (let next = this.#nextBefore(end); next; next = this.#nextBefore(end)) {
      if (next.at > this.now) this.now = next.at;
      if (next.clock.state === 'paused') {
        this.#changeClocks(endPause(this.procedure, next.clock, this.stage, this.now, this.calendars));
      } else {
        this.#ranOut.add(endOf(next.clock));
        const level = ruleOf(this.procedure, next.clock).warnBefore.length;
        this.record.writeRanOut(next.clock, level, { at: this.now, by: 'system' });
        this.#trigger({ trigger: 'clock_ran_out', clock: next.clock.clock });
      }
    }
    this.now = end;
  }

  get #state(): TrackState {
    return { stage: this.stage, revision: 1, closed: this.isClosed };
  }

  get #facts(): Facts {
    return {
      ...NO_FACTS,
      companyNamed: this.#isCompanyNamed,
      assigned: this.isAssigned,
      openSubTracks: this.openSubTracks,
      partakers: new Set(),
      established: this.#established,
      clocks: this.clocks.map((clock) => clockFact(clock, this.now)),
      awaitingApproval: new Set(this.approvals.map(({ action }) => action)),
    };
  }

  #take(permission: Permission, by: WalkedActor = 'system', approvalId?: string): void {
    const { action, to, moves, closes } = permission;
    const changes = clockChanges(this.procedure, permission, this.clocks, this.now, this.calendars, this.#given);
    this.#writeAction(permission, by, approvalId);
    this.#changeClocks(changes, by, action.code);
    this.#given = timesGiven(this.clocks, this.#given);
    this.stage = to;
    this.taken.push(action.code);
    this.#established = new Set([...this.#established, ...action.establishes].filter((fact) => !action.revokes.includes(fact)));
    if (action.inputs.some(({ type }) => type === 'company')) this.#isCompanyNamed = true;
    if (action.opens !== undefined) this.#openSubTrack(action.opens, by);
    if (moves) this.#lapse();
    if (moves && !closes) this.#trigger({ trigger: 'stage_entered' });
  }

  #writeAction({ action, from, to, closes, outcomes }: Permission, by: WalkedActor, approvalId?: string): void {
    const [outcome] = closes ? outcomes : [];
    const companies = action.inputs.filter(({ type }) => type === 'company').map(({ name }) => [name, 'company']);
    const payload = {
      action: action.code,
      from,
      to,
      ...(outcome !== undefined && { outcome }),
      ...(companies.length > 0 && { inputs: Object.fromEntries(companies) as Record<string, string> }),
      ...(action.establishes.length > 0 && { establishes: action.establishes }),
      ...(action.revokes.length > 0 && { revokes: action.revokes }),
      ...(approvalId !== undefined && { approvalId }),
    };
    this.#write({ type: 'action_performed', payload }, by);
  }

  #openSubTrack(procedure: string, by: WalkedActor): void {
    const subTrackId = this.record.newId('sub-track');
    this.#subTracks = [...this.#subTracks, subTrackId];
    this.#write({ type: 'sub_track_opened', payload: { subTrackId, procedure } }, by);
  }

  #lapse(): void {
    for (const { id: approvalId, action } of this.approvals) this.#write({ type: 'approval_lapsed', payload: { approvalId, action } });
    this.approvals = [];
  }

  #write(event: CaseEvent, by: WalkedActor = 'system', trackId: string | null = WALKED_TRACK): void {
    this.record.write(event, { at: this.now, by }, trackId);
  }

  #nextBefore(end: Date): { readonly clock: OpenClock; readonly at: Date } | undefined {
    return this.clocks
      .flatMap((clock) => {
        if (clock.state === 'paused') return clock.pausedUntil ? [{ clock, at: clock.pausedUntil }] : [];
        return this.#ranOut.has(endOf(clock)) ? [] : [{ clock, at: new Date(clock.dueAt.getTime() + 1) }];
      })
      .filter(({ at }) => at <= end)
      .sort((one, other) => one.at.getTime() - other.at.getTime())[0];
  }

  #changeClocks(changes: readonly ClockChange[], by: WalkedActor = 'system', reason = 'track_opened'): void {
    const ids = [...this.record.writeClocks(changes, { at: this.now, by }, reason)];
    this.clocks = clocksAfter(this.clocks, changes, (clock) => ids.shift() ?? clock);
  }
}

function endOf(clock: OpenClock): string {
  return `${clock.id} ${clock.dueAt.getTime()}`;
}
