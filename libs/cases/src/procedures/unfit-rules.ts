import type { ProcedureVersion } from '@recourse/persistence';
import { isProcedureAsPublished } from './content-hash';

/** Thrown when no calendar is published: nobody could compute a clock. */
export class NoCalendarPublished extends Error {
  constructor() {
    super('no calendar is published (run "npm run recourse -- migrate", which publishes those that ship with this release)');
    this.name = 'NoCalendarPublished';
  }
}

/**
 * Thrown when there is nothing in a published document to go by, or when it is not what was published: somebody wrote into the table past the use cases, or a release forgot
 * how to read it.
 */
export class UnreadableProcedure extends Error {
  constructor(why: string) {
    super(`a published procedure cannot be gone by: ${why}`);
    this.name = 'UnreadableProcedure';
  }
}

/** Thrown when a published calendar is not what was published, or is not where it was: dates would be computed that nobody decided on. */
export class ChangedCalendar extends Error {
  /** @param version absent where no version of it is left */
  constructor(calendar: string, version?: number, what: CalendarFault = 'is not what was published') {
    super(`${calendar}${version === undefined ? '' : `, version ${version}`}, ${what} ${REMEDY}`);
    this.name = 'ChangedCalendar';
  }
}

/** What became of a calendar. */
export type CalendarFault = 'is not what was published' | 'is missing' | 'is stored under another name';

const REMEDY = '(run "npm run recourse -- verify-record", and restore its row from a backup)';

/** What is published is missing, is not what was published, or cannot be read: nothing can be decided by it. The messages are written for the operator. */
export function isAboutRules(error: unknown): error is Error {
  return [NoCalendarPublished, ChangedCalendar, UnreadableProcedure].some((kind) => error instanceof kind);
}

/**
 * For a version that was read past the {@link RuleBook}.
 * @throws UnreadableProcedure when it is not what was published
 */
export function refuseChanged(version: Pick<ProcedureVersion, 'procedure' | 'version' | 'document' | 'contentHash'>): void {
  if (!isProcedureAsPublished(version)) {
    throw new UnreadableProcedure(notAsPublished(version.procedure, version.version));
  }
}

/** Its hash tells. Whoever owns the server can do it; whoever answers for the institution has to know. */
export function notAsPublished(code: string, version: number): string {
  return `${code}, version ${version}, is not what was published ${REMEDY}`;
}
