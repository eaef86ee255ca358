import type { Finding } from '../documents/document';
import { nominalDays } from '../clocks/duration';
import { ACCOUNTABLE_RECIPIENTS } from '../clocks/recipients';
import type { Clock, Procedure } from './procedure';

/** Every clock that runs out is noticed by a person with authority, and everybody is told in a sensible order. */
export function proveClocks(procedure: Procedure): readonly Finding[] {
  const seen = new Set<string>();
  return procedure.stages.flatMap((stage) =>
    stage.clocks.flatMap((clock) => {
      const path = `stages.${stage.code}.clocks.${clock.code}`;
      const again = seen.has(clock.code);
      seen.add(clock.code);
      return [
        ...(again ? [{ path, code: 'duplicate_code' as const, message: `Another stage has a clock “${clock.code}” too.` }] : []),
        ...provePerson(clock, path),
        ...proveOrder(clock, path),
      ];
    }),
  );
}

function provePerson(clock: Clock, path: string): readonly Finding[] {
  const last = clock.ladder.at(-1);
  if (last?.tell.some((recipient) => ACCOUNTABLE_RECIPIENTS.includes(recipient))) return [];
  const message = last
    ? 'Nobody with authority stands at the end of the ladder.'
    : 'Nobody is told when the clock has run out and nothing happens.';
  const hint = `The last rung must tell one of: ${ACCOUNTABLE_RECIPIENTS.join(', ')}.`;
  return [{ path: last ? `${path}.ladder.${clock.ladder.length - 1}` : path, code: 'clock_without_person', message, hint }];
}

function proveOrder(clock: Clock, path: string): readonly Finding[] {
  const warnings = clock.warnBefore.map(nominalDays);
  const rungs = clock.ladder.map(({ after }) => nominalDays(after));
  return [
    ...warnings.flatMap((days, index): readonly Finding[] => {
      if (days >= nominalDays(clock.within)) {
        return [
          { path: `${path}.warnBefore.${index}`, code: 'warning_before_start', message: 'The warning comes before the clock starts.' },
        ];
      }
      return index > 0 && days >= (warnings[index - 1] ?? Number.POSITIVE_INFINITY)
        ? [{ path: `${path}.warnBefore.${index}`, code: 'warning_out_of_order', message: 'Warnings come with the longest first.' }]
        : [];
    }),
    ...rungs.flatMap((days, index): readonly Finding[] =>
      index > 0 && days <= (rungs[index - 1] ?? 0)
        ? [{ path: `${path}.ladder.${index}`, code: 'ladder_not_rising', message: 'Each rung comes later than the one before it.' }]
        : [],
    ),
  ];
}
