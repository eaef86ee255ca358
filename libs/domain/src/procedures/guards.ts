import type { RecordedFact } from './vocabulary';

/** What guards look at. Collected by the caller; {@link recordedFacts} reads those that the record holds. */
export interface Facts {
  /** The case names a company of the institution's list as respondent. */
  readonly companyNamed: boolean;
  /** The complainant agreed that the company is told, and has not taken it back. */
  readonly consentToNotifyCompany: boolean;
  /** The track is in somebody's hands. */
  readonly assigned: boolean;
}

interface Guard {
  readonly holds: (facts: Facts) => boolean;
  /** What can make it hold: an input of this type, or an action establishing this fact. Proved at publishing. */
  readonly metBy?: { readonly input: 'company' } | { readonly fact: RecordedFact };
}

/** The conditions a procedure can put before an action, by name. */
export const GUARDS = {
  company_named: { holds: (facts) => facts.companyNamed, metBy: { input: 'company' } },
  consent_to_notify_company: {
    holds: (facts) => facts.consentToNotifyCompany,
    metBy: { fact: 'consent_to_notify_company' },
  },
  track_assigned: { holds: (facts) => facts.assigned },
} as const satisfies Record<string, Guard>;

/** Name of a guard. */
export type GuardName = keyof typeof GUARDS;

/** Every guard, in the order of {@link GUARDS}. */
export const GUARD_NAMES = Object.keys(GUARDS) as readonly GuardName[];

/** What can make a guard hold, or nothing when it does not depend on the procedure. */
export function metBy(guard: GuardName): Guard['metBy'] {
  const entry: Guard = GUARDS[guard];
  return entry.metBy;
}
