import { clockFact, hasRunOut, type OpenClock } from '../clocks/clock-change';
import type { TimesGiven } from '../clocks/clock-changes';
import { decide, SYSTEM_ACTOR, type ActionActor, type Permission, type Refusal } from './decide';
import { NO_FACTS, type Facts } from './guards';
import { MOMENT, ranOut } from './lateness';
import { stageOf, type Action, type Procedure } from './procedure';
import type { ActorRole, StaffRole } from './vocabulary';

/** How a track stands, as far as it matters for what can be done next. */
export interface Standing {
  readonly stage: string;
  /** Codes of the facts that hold. */
  readonly facts: ReadonlySet<string>;
  readonly companyNamed: boolean;
  /** Those that an action changes or waits for; every other clock only tells people. */
  readonly clocks: readonly OpenClock[];
  /** How often each of those that have ended was given more time. */
  readonly given?: TimesGiven;
}

/** People who can act at once; the software; and what each may do where a track stands. */
export function decideAt(procedure: Procedure, standing: Standing, action: Action, facts = factsAt(standing)): Permission | Refusal {
  const track = { stage: standing.stage, revision: 1, closed: stageOf(procedure, standing.stage).isEnd };
  const decision = decide(procedure, track, facts, actorOf(action), action.code);
  return decision.ok ? decision : decision.refusal;
}

/** What guards and actions on clocks see where a track stands. */
export function factsAt({ facts, companyNamed, clocks }: Standing): Facts {
  const clockFacts = clocks.map((clock) => clockFact(clock, MOMENT));
  return { ...NO_FACTS, companyNamed, assigned: true, established: facts, clocks: clockFacts };
}

/** True when this clock has run out. */
export function isLate({ clocks }: Standing, code: string): boolean {
  return clocks.some((clock) => clock.clock === code && hasRunOut(clock, MOMENT));
}

/** True when people take an action, and the people are there: somebody to take it and, where a second person must agree, somebody who may. */
export function isForPeople(action: Action, there?: ReadonlySet<StaffRole>): boolean {
  return isAmong(action.roles, there) && (!action.approval || isAmong(action.approval.roles, there));
}

/** True when somebody holds one of these roles. */
export function isAmong(roles: readonly ActorRole[], there?: ReadonlySet<StaffRole>): boolean {
  return roles.some((role) => role !== 'system' && role !== 'administrator' && (!there || there.has(role)));
}

function actorOf({ roles }: Action): ActionActor {
  const role = roles.find((one) => one !== 'system' && one !== 'administrator');
  return role === undefined ? SYSTEM_ACTOR : { role, staffId: 'somebody', onTeam: true };
}

/** True when a clock runs and can still run out. */
export function isAhead(clock: OpenClock): boolean {
  return clock.state === 'running' && !hasRunOut(clock, MOMENT);
}

/** The same once one of its clocks has run out. */
export function withoutTime(standing: Standing, late: OpenClock): Standing {
  return { ...standing, clocks: standing.clocks.map((clock) => (clock.id === late.id ? ranOut(clock) : clock)) };
}

/** The same for clocks with which the same can be done. */
export function keyOfClocks({ clocks, given = new Map() }: Pick<Standing, 'clocks' | 'given'>): string {
  const before = [...given].map(([code, times]) => `${code} had ${times}`);
  return clocks
    .map((open) => {
      const { clock, stage, state, pausedUntil, extensions } = open;
      return `${clock}@${stage} ${hasRunOut(open, MOMENT) ? 'late' : state}${pausedUntil ? ' until' : ''} ${extensions}`;
    })
    .concat(before)
    .sort()
    .join(', ');
}
