import { findClock, nextFiring, type Calendars, type Procedure } from '@recourse/domain';
import { listClocksWithoutMoment, type ClockWithoutMoment, type StuckRow } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';

/** So many clocks are read at a time. */
export const SILENT_CLOCKS_PAGE = 500;

/** Whoever was told last gets so long before it counts that nothing happened, in milliseconds: a week. It begins anew with everything that is done. */
const QUIET_FOR_MS = 7 * 86_400_000;

/** What clocks are looked at with. */
export interface RulesOfOpenTracks {
  /** By id of the version; without those that cannot be gone by. */
  readonly procedures: ReadonlyMap<string, Procedure>;
  readonly calendars: Calendars;
}

/** Running clocks that nothing will fire any more. */
export interface SilentClocks {
  /** They should, and lost their moment. */
  readonly lost: readonly StuckRow[];
  /** They told everybody, up to the end of their ladder, and nothing has been done since. */
  readonly told: readonly StuckRow[];
}

/**
 * Looks through all running clocks without a next moment: most of them may be at the end of their ladder, and the one that lost its moment may come last.
 * @param limit at most so many of each
 */
export async function findSilentClocks(
  tx: EntityManager,
  rules: RulesOfOpenTracks,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<SilentClocks> {
  const lost: StuckRow[] = [];
  const told: StuckRow[] = [];
  let after: string | undefined;
  do {
    const clocks = await listClocksWithoutMoment(tx, SILENT_CLOCKS_PAGE, after);
    for (const clock of clocks) {
      // What is wrong with a clock under rules that cannot be gone by, nobody can tell; its track is found for its rules.
      const procedure = rules.procedures.get(clock.procedureVersionId);
      const lastTold = procedure && whenTheLadderEnded(procedure, clock, rules.calendars);
      if (procedure && lastTold === undefined) {
        lost.push(clock);
      } else if (lastTold !== undefined) {
        const since = clock.lastActAt !== null && clock.lastActAt > lastTold ? clock.lastActAt : lastTold;
        if (now.getTime() - since.getTime() > QUIET_FOR_MS) told.push({ ...clock, since });
      }
    }
    after = clocks.length < SILENT_CLOCKS_PAGE ? undefined : clocks.at(-1)?.id;
  } while (after !== undefined && (lost.length < limit || told.length < limit));
  told.sort((one, other) => one.since.getTime() - other.since.getTime());
  return { lost: lost.slice(0, limit), told: told.slice(0, limit) };
}

/** @returns undefined when it has not: something is left to tell, or neither the procedure nor a calendar knows the clock, which then tells nobody */
function whenTheLadderEnded(procedure: Procedure, clock: ClockWithoutMoment, calendars: Calendars): Date | undefined {
  const rule = findClock(procedure, clock.kind);
  const calendar = calendars.get(clock.calendar);
  if (rule === undefined || calendar === undefined) return undefined;
  const isAtTheEnd = nextFiring(rule, clock.startedAt, clock.dueAt, calendar, clock.level) === undefined;
  return isAtTheEnd ? nextFiring(rule, clock.startedAt, clock.dueAt, calendar, clock.level - 1)?.at : undefined;
}
