import type { Finding } from '../documents/document';
import { factAsked, isBuiltInGuard } from './guards';
import { formatDuration, mayBeAsLong } from '../clocks/duration';
import { allClocks, type Clock, type Procedure } from './procedure';

/** What may be meant and looks like an oversight: parts that nothing uses, extensions that count apart, a ladder that writes to nobody or falls silent, a warning that is none. Only warnings. */
export function proveUse(procedure: Procedure): readonly Finding[] {
  return [
    ...unusedOutcomes(procedure),
    ...unusedFacts(procedure),
    ...differingTimes(procedure),
    ...silentLadders(procedure),
    ...endingLadders(procedure),
    ...earlyWarnings(procedure),
  ];
}

function unusedOutcomes({ closingOutcomes, actions }: Procedure): readonly Finding[] {
  const given = new Set(actions.flatMap(({ outcomes }) => outcomes));
  return closingOutcomes
    .filter(({ code }) => !given.has(code))
    .map(({ code }) => ({
      path: `outcomes.${code}`,
      code: 'never_used',
      message: `No action closes a track with “${code}”.`,
      hint: 'Give it to an action, or take it out.',
    }));
}

function unusedFacts({ facts, actions }: Procedure): readonly Finding[] {
  const declared = facts.map(({ code }) => code);
  const asked = new Set(
    actions.flatMap(({ guards }) => guards.filter((guard) => !isBuiltInGuard(guard)).map((guard) => factAsked(guard, declared).fact)),
  );
  return declared
    .filter((code) => !asked.has(code))
    .map((code) => ({
      path: `facts.${code}`,
      code: 'never_used',
      message: `No action asks whether “${code}” holds.`,
      hint: 'Make it a guard of an action, or take it out.',
    }));
}

function differingTimes({ actions }: Procedure): readonly Finding[] {
  const first = new Map<string, number>();
  return actions.flatMap((action) =>
    action.changesClocks.flatMap((operation): readonly Finding[] => {
      if (operation.operation !== 'extend') return [];
      const times = first.get(operation.clock) ?? operation.times;
      first.set(operation.clock, times);
      if (times === operation.times) return [];
      const message = `Another action gives “${operation.clock}” more time, ${timesText(times)}. They count together: this one can be taken until it was given ${timesText(operation.times)}.`;
      return [
        {
          path: `actions.${action.code}.changesClocks.${operation.clock}`,
          code: 'times_differ',
          message,
          hint: 'Let both say the same “times”, unless it is meant.',
        },
      ];
    }),
  );
}

function timesText(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}

function silentLadders(procedure: Procedure): readonly Finding[] {
  return placedClocks(procedure).flatMap(({ clock, path }): readonly Finding[] => {
    if (clock.ladder.length === 0 || clock.ladder.some(({ through }) => through.includes('email'))) return [];
    const message = `Nobody is written to when “${clock.code}” stays undone: its whole ladder is on the board alone.`;
    const hint = 'Take “through: board” out of a rung, unless somebody looks at the board every day.';
    return [{ path: `${path}.ladder`, code: 'nobody_is_written_to', message, hint }];
  });
}

function endingLadders(procedure: Procedure): readonly Finding[] {
  return placedClocks(procedure).flatMap(({ clock, path }): readonly Finding[] => {
    if (clock.ladder.length === 0 || clock.repeatEvery !== undefined) return [];
    const message = `Once its ladder is at its end, nobody is told any more that “${clock.code}” stays undone.`;
    const hint = 'Add “repeatEvery”, unless once is enough: the board and the search for stuck cases show it still.';
    return [{ path: `${path}.ladder`, code: 'falls_silent', message, hint }];
  });
}

function earlyWarnings(procedure: Procedure): readonly Finding[] {
  return placedClocks(procedure).flatMap(({ clock: { code, within, warnBefore }, path }) =>
    warnBefore.flatMap((before, index): readonly Finding[] => {
      if (!mayBeAsLong(before, within)) return [];
      const [warning, whole] = [formatDuration(before), formatDuration(within)];
      const message = `The warning of “${code}” can come the moment it starts: ${warning} can be as long as ${whole}.`;
      const hint = 'Say both in the same unit, or warn for less long.';
      return [{ path: `${path}.warnBefore.${index}`, code: 'warning_at_start', message, hint }];
    }),
  );
}

interface PlacedClock {
  readonly clock: Clock;
  readonly path: string;
}

function placedClocks(procedure: Procedure): readonly PlacedClock[] {
  return allClocks(procedure).map((clock) => {
    const stage = procedure.stages.find(({ clocks }) => clocks.includes(clock));
    return { clock, path: stage ? `stages.${stage.code}.clocks.${clock.code}` : `clocks.${clock.code}` };
  });
}
