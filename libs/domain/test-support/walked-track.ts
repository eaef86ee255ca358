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
import type { Standing } from '../src/procedures/standing';

/** A request for a second person. */
export interface WaitingApproval {
  readonly action: string;
  readonly requestedBy: string;
}

/**
 * One track in memory, moved as the use cases of `libs/cases` move it: for walks in random order. The domain decides everything; this only
 * remembers what it decided.
 */
export class WalkedTrack {
  stage: string;
  clocks: readonly OpenClock[];
  approvals: readonly WaitingApproval[] = [];
  isAssigned = false;
  openSubTracks = 0;
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
    this.clocks = this.#applied([], openingClocks(procedure, now, calendars));
  }

  get isClosed(): boolean {
    return stageOf(this.procedure, this.stage).isEnd;
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
      this.approvals = [...this.approvals, { action: permission.action.code, requestedBy: actor.staffId }];
    } else {
      this.#take(permission);
    }
  }

  /**
   * An officer or, where the role is another, whoever may takes this action now; a second person agrees at once.
   * @throws Error when nobody may
   */
  take(code: string): void {
    const actors = STAFF_ROLES.map((role) => ({ role, staffId: role, onTeam: true }));
    const decisions = actors.map((actor) => decide(this.procedure, this.#state, this.#facts, actor, code));
    const permission = decisions.find((decision) => decision.ok);
    if (!permission?.ok) throw new Error(`nobody may take ${code}: ${JSON.stringify(decisions)}`);
    this.#take(permission);
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

  /** The request is answered: what was permitted is taken, otherwise it is declined. */
  answer(request: WaitingApproval, decision: Permission | undefined): void {
    this.approvals = this.approvals.filter((one) => one !== request);
    if (decision) this.#take(decision);
  }

  /** Something happened that may make the software act. */
  trigger(triggered: Triggered): void {
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
        this.clocks = this.#applied(this.clocks, endPause(this.procedure, next.clock, this.stage, this.now, this.calendars));
      } else {
        this.#ranOut.add(endOf(next.clock));
        this.trigger({ trigger: 'clock_ran_out', clock: next.clock.clock });
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
      established: this.#established,
      clocks: this.clocks.map((clock) => clockFact(clock, this.now)),
      awaitingApproval: new Set(this.approvals.map(({ action }) => action)),
    };
  }

  #take(permission: Permission): void {
    const { action, to, moves } = permission;
    this.clocks = this.#applied(this.clocks, clockChanges(this.procedure, permission, this.clocks, this.now, this.calendars, this.#given));
    this.#given = timesGiven(this.clocks, this.#given);
    this.stage = to;
    this.taken.push(action.code);
    this.#established = new Set([...this.#established, ...action.establishes].filter((fact) => !action.revokes.includes(fact)));
    if (action.inputs.some(({ type }) => type === 'company')) this.#isCompanyNamed = true;
    if (action.opens !== undefined) this.openSubTracks += 1;
    if (moves) this.approvals = [];
    if (moves && !permission.closes) this.trigger({ trigger: 'stage_entered' });
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

  #applied(open: readonly OpenClock[], changes: readonly ClockChange[]): readonly OpenClock[] {
    return clocksAfter(open, changes, (clock) => `${clock}-${this.taken.length}`);
  }
}

function endOf(clock: OpenClock): string {
  return `${clock.id} ${clock.dueAt.getTime()}`;
}
