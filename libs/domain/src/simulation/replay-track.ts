import type { Calendars, OpenClock } from '../clocks/clock-change';
import {
  decide,
  decideApproval,
  SYSTEM_ACTOR,
  triggeredActions,
  type Permission,
  type TrackState,
  type Triggered,
} from '../procedures/decide';
import type { Facts } from '../procedures/guards';
import { findAction, type Procedure } from '../procedures/procedure';
import { STAFF_ROLES, type ActorRole } from '../procedures/vocabulary';
import { asksForMore, formProblem } from './recorded-form';
import type { RecordedMove } from './recorded-move';
import { ReplayedClocks } from './replayed-clocks';
import { NEVER } from './clock-noticing';
import { lagKey, type HistoryItem, type RecordedAction, type RecordedPerson, type TrackHistory } from './track-history';
import type { Assumption, ReplayStop, StopReason, TakenStep, TrackReplay } from './track-replay';

/** By which rules a track is replayed. */
export interface ReplayRules {
  /** From the beginning. */
  readonly procedure: Procedure;
  readonly calendars: Calendars;
  /** True to go on under the versions to which the track was moved; otherwise `procedure` holds throughout. */
  readonly followsMoves?: boolean;
}

/** How far a track is replayed. */
export interface ReplayEnd {
  readonly at: Date;
  /** Only so many items of the history; all of them unless given. */
  readonly items?: number;
}

/**
 * What a track would have become under these rules, had the same people done the same things at the same moments. The actions of people come from the
 * history; what the software does by itself, and every clock, comes from the rules. It stops where the rules refuse what people did.
 *
 * Pure: the same rules make the same of the same history. Calendars hold from the beginning, whenever they were published.
 */
export function replayTrack(history: TrackHistory, rules: ReplayRules, end: ReplayEnd): TrackReplay {
  const track = new ReplayedTrack(history, rules);
  const items = history.items.slice(0, end.items);
  for (const [index, item] of items.entries()) {
    const stop = track.play(item, index);
    if (stop) return track.result(stop);
  }
  track.passTo(end.at, true);
  return track.result(undefined);
}

interface WaitingRequest {
  readonly approvalId: string;
  readonly action: string;
  readonly stage: string;
  readonly requestedBy: string;
}

interface Upcoming {
  readonly at: Date;
  /** Of what comes at the same moment, the lowest first. */
  readonly rank: number;
  readonly come: () => void;
}

class ReplayedTrack {
  #stage: string;
  #stageEnteredAt: Date;
  #closedAt: Date | undefined;
  #outcome: string | undefined;
  readonly #clocks: ReplayedClocks;
  readonly #taken: TakenStep[] = [];
  #requests: readonly WaitingRequest[] = [];
  /** Requests that were not needed under these rules: the action was taken when it was asked for. */
  readonly #needless = new Set<string>();
  #isAssigned = false;
  #isCompanyNamed = false;
  #partakers: ReadonlySet<string> = new Set();
  #established: ReadonlySet<string> = new Set();
  readonly #openSubTracks = new Set<string>();
  readonly #subTracksOf = new Map<string, number>();
  /** What the software is about to act on. */
  #heard: readonly { readonly at: Date; readonly triggered: Triggered }[] = [];
  readonly #assumptions = new Set<Assumption>();

  constructor(
    private readonly history: TrackHistory,
    private rules: ReplayRules,
  ) {
    this.#stage = rules.procedure.initial;
    this.#stageEnteredAt = history.openedAt;
    this.#clocks = new ReplayedClocks(rules.procedure, rules.calendars, history.openedAt);
  }

  /** What happened from outside. @returns why it cannot be, when it cannot */
  play(item: HistoryItem, items: number): ReplayStop | undefined {
    this.passTo(item.at, false);
    switch (item.what) {
      case 'acted':
        return this.#stopped(item, items, this.#act(item.action, item.at));
      case 'asked':
        return this.#stopped(item, items, this.#ask(item));
      case 'agreed':
        return this.#stopped(item, items, this.#agree(item));
      case 'not_agreed':
        this.#requests = this.#requests.filter(({ approvalId }) => approvalId !== item.approvalId);
        return undefined;
      case 'assigned':
        this.#isAssigned = item.isAssigned;
        return undefined;
      case 'company_named':
        this.#isCompanyNamed = true;
        return undefined;
      case 'sub_track_closed':
        this.#openSubTracks.delete(item.subTrackId);
        return undefined;
      case 'took_part':
        this.#partakers = new Set([...this.#partakers, item.staffId]);
        return undefined;
      case 'moved':
        this.#move(item.move, item.at);
        return undefined;
      case 'triggered':
        this.#trigger({ trigger: item.trigger }, item.happenedAt, item.at);
        return undefined;
    }
  }

  /** Time passes: clocks run out, pauses end, and the software does what it heard of, each at its moment. */
  passTo(moment: Date, isEnd: boolean): void {
    for (let next = this.#next(moment, isEnd); next; next = this.#next(moment, isEnd)) next.come();
    if (isEnd) this.#clocks.noticeAll(moment);
  }

  result(stop: ReplayStop | undefined): TrackReplay {
    if (stop) this.#clocks.noticeAll(new Date(stop.at.getTime() - 1));
    return {
      taken: this.#taken,
      stage: this.#stage,
      ...(this.#closedAt && { closedAt: this.#closedAt }),
      ...(this.#outcome !== undefined && { outcome: this.#outcome }),
      clocks: this.#clocks.courses(),
      ...(stop && { stop }),
      assumptions: this.#assumptions,
    };
  }

  get #state(): TrackState {
    return { stage: this.#stage, revision: this.#taken.length + 1, closed: this.#closedAt !== undefined };
  }

  #factsAt(at: Date): Facts {
    return {
      companyNamed: this.#isCompanyNamed,
      assigned: this.#isAssigned,
      openSubTracks: this.#openSubTracks.size,
      partakers: this.#partakers,
      established: this.#established,
      clocks: this.#clocks.factsAt(at),
      awaitingApproval: new Set(this.#requests.map(({ action }) => action)),
    };
  }

  #stopped(
    item: { readonly at: Date; readonly action: RecordedAction },
    items: number,
    reason: StopReason | undefined,
  ): ReplayStop | undefined {
    return reason && { at: item.at, action: item.action.action, stage: this.#stage, reason, items };
  }

  #act(recorded: RecordedAction, at: Date): StopReason | undefined {
    const decision = decide(this.rules.procedure, this.#state, this.#factsAt(at), this.#actor(recorded), recorded.action);
    if (!decision.ok) return decision.refusal;
    const problem = formProblem(decision, recorded);
    if (problem) return problem;
    if (decision.approval) this.#assumptions.add('second_person_agreed');
    this.#takeAsRecorded(decision, recorded, at);
    return undefined;
  }

  #ask({ approvalId, action: recorded, at }: Extract<HistoryItem, { what: 'asked' }>): StopReason | undefined {
    const decision = decide(this.rules.procedure, this.#state, this.#factsAt(at), this.#actor(recorded), recorded.action);
    if (!decision.ok) return decision.refusal;
    const problem = formProblem(decision, recorded);
    if (problem) return problem;
    if (decision.approval) {
      this.#requests = [...this.#requests, { approvalId, action: recorded.action, stage: this.#stage, requestedBy: recorded.by.staffId }];
    } else {
      this.#needless.add(approvalId);
      this.#takeAsRecorded(decision, recorded, at);
    }
    return undefined;
  }

  #agree({ approvalId, action: recorded, agreedBy, at }: Extract<HistoryItem, { what: 'agreed' }>): StopReason | undefined {
    if (this.#needless.has(approvalId)) return undefined;
    const request = this.#requests.find((one) => one.approvalId === approvalId);
    if (!request) return { code: 'request_lapsed' };
    const roles = findAction(this.rules.procedure, request.action)?.approval?.roles ?? [];
    const decision = decideApproval(this.rules.procedure, this.#state, this.#factsAt(at), this.#person(agreedBy, roles), request);
    if (!decision.ok) return decision.refusal;
    this.#requests = this.#requests.filter((one) => one !== request);
    this.#takeAsRecorded(decision, recorded, at);
    return undefined;
  }

  #actor(recorded: RecordedAction) {
    return this.#person(recorded.by, findAction(this.rules.procedure, recorded.action)?.roles ?? []);
  }

  /** That they were on the team is in the record: otherwise they could not have done it. */
  #person({ staffId, role }: RecordedPerson, allowed: readonly ActorRole[]) {
    if (role === undefined) this.#assumptions.add('role_unknown');
    return { staffId, role: role ?? STAFF_ROLES.find((one) => allowed.includes(one)) ?? 'officer', onTeam: true } as const;
  }

  #takeAsRecorded(permission: Permission, recorded: RecordedAction, at: Date): void {
    const { action, closes, outcomes } = permission;
    if (asksForMore(permission, recorded)) this.#assumptions.add('input_unknown');
    const outcome = outcomes.length === 1 ? outcomes[0] : recorded.outcome;
    if (closes && outcome === undefined) this.#assumptions.add('outcome_unknown');
    if (action.inputs.some(({ type, required }) => type === 'company' && required)) this.#isCompanyNamed = true;
    this.#take(permission, at, 'staff', closes ? outcome : undefined);
  }

  #take(permission: Permission, at: Date, by: 'staff' | 'system', outcome?: string): void {
    const { action, from, to, moves, closes } = permission;
    this.#clocks.take(permission, at);
    this.#taken.push({ action: action.code, from, to, at, by, ...(outcome !== undefined && { outcome }) });
    this.#established = new Set([...this.#established, ...action.establishes].filter((fact) => !action.revokes.includes(fact)));
    if (action.opens !== undefined) this.#openSubTrack(action.code);
    if (!moves) return;
    this.#stage = to;
    this.#stageEnteredAt = at;
    this.#requests = this.#requests.filter(({ stage }) => stage === to);
    if (closes) [this.#closedAt, this.#outcome] = [at, outcome];
    else this.#trigger({ trigger: 'stage_entered' }, at, at);
  }

  /** Requests lapse by a move, also where it changes no rules: people asked again. */
  #move(move: RecordedMove, at: Date): void {
    this.#requests = [];
    if (this.rules.followsMoves !== true) return;
    this.#clocks.move(move, this.#stage, at);
    this.rules = { ...this.rules, procedure: move.after };
    this.#stage = move.mapping.stages.get(this.#stage) ?? move.to;
    this.#established = new Set([...this.#established, ...move.establishes].filter((fact) => !move.revokes.includes(fact)));
  }

  #openSubTrack(action: string): void {
    const number = this.#subTracksOf.get(action) ?? 0;
    this.#subTracksOf.set(action, number + 1);
    const opened = this.history.opened.get(action)?.[number];
    if (opened === undefined) this.#assumptions.add('sub_track_unknown');
    else this.#openSubTracks.add(opened);
  }

  #trigger(triggered: Triggered, happenedAt: Date, at: Date): void {
    // A track that came to its stage later is left alone.
    if (this.#stageEnteredAt > happenedAt) return;
    for (const { code } of triggeredActions(this.rules.procedure, this.#state, triggered)) {
      const decision = decide(this.rules.procedure, this.#state, this.#factsAt(at), SYSTEM_ACTOR, code);
      if (decision.ok) {
        this.#take(decision, at, 'system', decision.outcomes[0]);
        return;
      }
    }
  }

  /** What comes next by itself before a moment: a pause that ends, a clock that runs out, or what the software does because of one. */
  #next(moment: Date, isEnd: boolean): Upcoming | undefined {
    const isBefore = ({ at, rank }: Upcoming): boolean => at < moment || (at.getTime() === moment.getTime() && (isEnd || rank !== 1));
    return [...this.#clocks.open.flatMap((clock) => this.#upcoming(clock)), ...this.#heard.map((heard) => this.#toHear(heard))]
      .filter(isBefore)
      .sort((one, other) => one.at.getTime() - other.at.getTime() || one.rank - other.rank)[0];
  }

  #upcoming(clock: OpenClock): readonly Upcoming[] {
    if (clock.state === 'paused') {
      if (!clock.pausedUntil) return [];
      const at = this.#lagged('pause_over', clock, clock.pausedUntil);
      return at === undefined ? [] : [{ at, rank: 0, come: () => this.#clocks.goOn(clock, this.#stage, at) }];
    }
    if (!this.#clocks.isYetToRunOut(clock)) return [];
    return [{ at: clock.dueAt, rank: 1, come: () => this.#runOut(clock) }];
  }

  #runOut(clock: OpenClock): void {
    this.#clocks.notice(clock, clock.dueAt);
    const at = this.#lagged('ran_out', clock, clock.dueAt);
    if (at) this.#heard = [...this.#heard, { at, triggered: { trigger: 'clock_ran_out', clock: clock.clock } }];
  }

  #toHear(heard: { readonly at: Date; readonly triggered: Triggered }): Upcoming {
    const come = (): void => {
      this.#heard = this.#heard.filter((one) => one !== heard);
      this.#trigger(heard.triggered, heard.at, heard.at);
    };
    return { at: heard.at, rank: 2, come };
  }

  /** Undefined when it never came to it. */
  #lagged(what: 'ran_out' | 'pause_over', { clock }: OpenClock, at: Date): Date | undefined {
    // However punctual the software is: when it acts on a clock, that has run out, and does not wait any more.
    const lag = this.history.lags.get(lagKey(what, clock, at)) ?? (what === 'ran_out' ? 1 : 0);
    return lag === NEVER ? undefined : new Date(at.getTime() + lag);
  }
}
