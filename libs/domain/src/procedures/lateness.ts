import type { OpenClock } from '../clocks/clock-change';
import type { Procedure } from './procedure';

/** The moment at which every standing is looked at. A clock lies ahead of it or is late; by how much changes nothing about what can be done. */
export const MOMENT = new Date('2024-01-01T12:00:00Z');
/** Only just: what begins with the end of such a clock lies ahead. */
const EARLIER = new Date(MOMENT.getTime() - 1);
const LATER = new Date('2024-02-01T12:00:00Z');

/**
 * Codes of the clocks for which it matters to some action whether they have run out. One that has does not wait: an action that only pauses it is refused, and
 * where its stage would make it wait it runs on, so that whoever would let it go on cannot and whoever would give it more time can. All others are late without
 * being in anybody's way.
 */
export function clocksWhoseLatenessMatters({ clocks, actions }: Procedure): ReadonlySet<string> {
  const pausesIn = new Map(clocks.map((clock) => [clock.code, clock.pausesIn]));
  return new Set(
    actions.flatMap(({ from, changesClocks }) =>
      changesClocks
        .filter(({ clock, operation }) => {
          const waitsHere = pausesIn.get(clock)?.some((stage) => from.includes(stage)) === true;
          return operation === 'pause' || (operation !== 'restart' && waitsHere);
        })
        .map(({ clock }) => clock),
    ),
  );
}

/** A clock once its time is over. */
export function ranOut(clock: OpenClock): OpenClock {
  return { ...clock, dueAt: EARLIER };
}

/** A clock of a real track, as it stands at {@link MOMENT} instead of now. */
export function seenAtMoment(clock: OpenClock, isLate: boolean): OpenClock {
  return { ...clock, startedAt: EARLIER, dueAt: isLate ? EARLIER : LATER };
}
