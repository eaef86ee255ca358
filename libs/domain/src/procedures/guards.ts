/** What guards look at. Collected by the caller; {@link recordedFacts} reads those that the record holds. */
export interface Facts {
  /** The case names a company of the institution's list as respondent. */
  readonly companyNamed: boolean;
  /** The track is in somebody's hands. */
  readonly assigned: boolean;
  /** How many tracks that this one opened are not over. */
  readonly openSubTracks: number;
  /** Ids of the members of staff who took an action on the track that opened this one, asked for one or agreed to one. */
  readonly partakers: ReadonlySet<string>;
  /** Codes of the procedure's facts that hold. */
  readonly established: ReadonlySet<string>;
  /** The clocks of the track that run or wait. */
  readonly clocks: readonly ClockFact[];
  /** Codes of the actions for which a second person has been asked and has not answered. */
  readonly awaitingApproval: ReadonlySet<string>;
}

/** One clock, as far as actions on clocks depend on it. */
export interface ClockFact {
  readonly clock: string;
  /** The stage whose clock it is; of one across stages, where it started. */
  readonly stage: string;
  readonly state: 'running' | 'paused';
  /** When it goes on by itself, while paused. Absent when it waits for its stage. */
  readonly pausedUntil?: Date;
  /** True when it runs and has run out. Absent: not. */
  readonly isOverdue?: boolean;
  /** How often it was given more time. */
  readonly extensions: number;
}

/** Nothing holds: a track nobody has touched. */
export const NO_FACTS: Facts = {
  companyNamed: false,
  assigned: false,
  openSubTracks: 0,
  partakers: new Set(),
  established: new Set(),
  clocks: [],
  awaitingApproval: new Set(),
};

interface Guard {
  /** @param staffId of whoever wants to act, or to agree; absent for the software */
  readonly holds: (facts: Facts, staffId: string | undefined) => boolean;
  /** An input of this type can make it hold; where absent, it does not depend on the procedure. Proved at publishing. */
  readonly metByInput?: 'company';
}

/** The conditions that every procedure can put before an action, by name. A procedure's own facts are guards too. */
export const GUARDS = {
  company_named: { holds: (facts) => facts.companyNamed, metByInput: 'company' },
  track_assigned: { holds: (facts) => facts.assigned },
  no_open_sub_track: { holds: (facts) => facts.openSubTracks === 0 },
  took_no_part: { holds: ({ partakers }, staffId) => staffId === undefined || !partakers.has(staffId) },
} as const satisfies Record<string, Guard>;

/** Name of a built-in guard. */
export type GuardName = keyof typeof GUARDS;

/** Every built-in guard, in the order of {@link GUARDS}. */
export const GUARD_NAMES = Object.keys(GUARDS) as readonly GuardName[];

/** True when the name is that of a built-in guard. */
export function isBuiltInGuard(name: string): name is GuardName {
  return Object.hasOwn(GUARDS, name);
}

/** What begins the name of a guard that holds as long as a fact does not. */
const NEGATION = 'not_';

/** A guard's name, taken apart: the fact it asks for, and whether it must hold. Not for built-in guards. */
export function factAsked(guard: string, facts: readonly string[]): { readonly fact: string; readonly mustHold: boolean } {
  const denied = guard.startsWith(NEGATION) && !facts.includes(guard);
  return denied ? { fact: guard.slice(NEGATION.length), mustHold: false } : { fact: guard, mustHold: true };
}

/**
 * Whether a guard holds.
 * @param guard name, as an action lists it
 * @param declared codes of the facts that the procedure declares
 * @param staffId of whoever wants to act, or to agree; absent for the software
 */
export function guardHolds(guard: string, declared: readonly string[], facts: Facts, staffId?: string): boolean {
  if (isBuiltInGuard(guard)) return GUARDS[guard].holds(facts, staffId);
  const { fact, mustHold } = factAsked(guard, declared);
  return facts.established.has(fact) === mustHold;
}

/** The type of input that can make a built-in guard hold, or nothing when it does not depend on the procedure. */
export function metByInput(guard: GuardName): 'company' | undefined {
  const entry: Guard = GUARDS[guard];
  return entry.metByInput;
}
