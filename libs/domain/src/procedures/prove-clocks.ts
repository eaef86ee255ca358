import type { Finding } from '../documents/document';
import { suggestion } from '../documents/did-you-mean';
import { nominalDays } from '../clocks/duration';
import { ACCOUNTABLE_RECIPIENTS } from '../clocks/recipients';
import { allClocks, findStage, type Action, type Clock, type ClockOperation, type Procedure } from './procedure';
import { SAME_STAGE } from './vocabulary';

interface PlacedClock {
  readonly clock: Clock;
  readonly path: string;
}

/** Every clock that runs out is noticed by a person with authority, and everybody is told in a sensible order. */
export function proveClocks(procedure: Procedure): readonly Finding[] {
  const seen = new Set<string>();
  return placed(procedure).flatMap(({ clock, path }) => {
    const again = seen.has(clock.code);
    seen.add(clock.code);
    return [
      ...(again
        ? [
            {
              path,
              code: 'duplicate_code' as const,
              message: `There is another clock “${clock.code}”.`,
              hint: 'Give one of them another code.',
            },
          ]
        : []),
      ...provePerson(clock, path),
      ...proveOrder(clock, path),
      ...proveSpan(procedure, clock, path),
    ];
  });
}

function placed(procedure: Procedure): readonly PlacedClock[] {
  return [
    ...procedure.clocks.map((clock) => ({ clock, path: `clocks.${clock.code}` })),
    ...procedure.stages.flatMap((stage) => stage.clocks.map((clock) => ({ clock, path: `stages.${stage.code}.clocks.${clock.code}` }))),
  ];
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

/** A day, or four hours where the clock itself is shorter than a day. */
const LEAST_REPETITION_DAYS = { long: 1, short: 4 / 24 } as const;

/** A mail a minute to every director is one that nobody reads; and after a standstill every repetition that was missed is counted. */
function proveRepetition({ within, repeatEvery }: Clock, path: string): readonly Finding[] {
  const least = nominalDays(within) < 1 ? LEAST_REPETITION_DAYS.short : LEAST_REPETITION_DAYS.long;
  if (repeatEvery === undefined || nominalDays(repeatEvery) >= least) return [];
  const message = 'The last rung is repeated so often that nobody will read it any more.';
  const hint = `Repeat it at most once a day; where the clock itself is shorter than a day, every four hours.`;
  return [{ path: `${path}.repeatEvery`, code: 'repeats_too_often', message, hint }];
}

function proveOrder(clock: Clock, path: string): readonly Finding[] {
  const warnings = clock.warnBefore.map(nominalDays);
  const rungs = clock.ladder.map(({ after }) => nominalDays(after));
  return [
    ...warnings.flatMap((days, index): readonly Finding[] => {
      if (days >= nominalDays(clock.within)) {
        return [
          {
            path: `${path}.warnBefore.${index}`,
            code: 'warning_before_start',
            message: 'The warning comes before the clock starts.',
            hint: 'Warn for less long than “within”.',
          },
        ];
      }
      return index > 0 && days >= (warnings[index - 1] ?? Number.POSITIVE_INFINITY)
        ? [
            {
              path: `${path}.warnBefore.${index}`,
              code: 'warning_out_of_order',
              message: 'Warnings come with the longest first.',
              hint: 'Put them in order, each once.',
            },
          ]
        : [];
    }),
    ...rungs.flatMap((days, index): readonly Finding[] =>
      index > 0 && days <= (rungs[index - 1] ?? 0)
        ? [
            {
              path: `${path}.ladder.${index}`,
              code: 'ladder_not_rising',
              message: 'Each rung comes later than the one before it.',
              hint: 'Put the rungs in the order of “after”.',
            },
          ]
        : [],
    ),
    ...proveRepetition(clock, path),
  ];
}

/** What a clock across stages names is there, and it does not wait in the stage that ends it. */
function proveSpan(procedure: Procedure, { startsOn, pausesIn, stopsIn }: Clock, path: string): readonly Finding[] {
  const actions = procedure.actions.map(({ code }) => code);
  const stages = procedure.stages.map(({ code }) => code);
  const unknownStages = (name: 'pausesIn' | 'stopsIn', codes: readonly string[]) =>
    codes.flatMap((code, index): readonly Finding[] =>
      stages.includes(code)
        ? []
        : [
            {
              path: `${path}.${name}.${index}`,
              code: 'unknown_stage',
              message: `There is no stage “${code}”.`,
              hint: suggestion(code, stages),
            },
          ],
    );
  const unknownActions = (startsOn.on === 'action' ? startsOn.actions : []).flatMap((code, index): readonly Finding[] =>
    actions.includes(code)
      ? []
      : [
          {
            path: `${path}.startsOn.${index}`,
            code: 'unknown_action',
            message: `There is no action “${code}”.`,
            hint: suggestion(code, [...actions, 'track_opened']),
          },
        ],
  );
  const both = pausesIn.filter((code) => stopsIn.includes(code) || findStage(procedure, code)?.isEnd);
  return [
    ...unknownStages('pausesIn', pausesIn),
    ...unknownStages('stopsIn', stopsIn),
    ...unknownActions,
    ...both.map((code): Finding => {
      return {
        path: `${path}.pausesIn`,
        code: 'pauses_where_it_stops',
        message: `The clock has ended when the track comes to “${code}”.`,
        hint: 'Take the stage out of “pausesIn”.',
      };
    }),
  ];
}

/** What actions do to single clocks: the clock is there, somebody says why, and what is stopped can go on. */
export function proveClockOperations(procedure: Procedure): readonly Finding[] {
  return procedure.actions.flatMap((action) => [
    ...silentPause(action),
    ...action.changesClocks.flatMap((operation) => proveOperation(procedure, action, operation)),
  ]);
}

/** Whoever lets the clocks of a stage wait says why, in the record or to the complainant. */
function silentPause({ code, clocks, reason, message }: Action): readonly Finding[] {
  if (clocks !== 'pause' || reason === 'required' || message === 'required') return [];
  const said = 'The clocks wait, and nobody says why.';
  const hint = 'Add “message: required”, the question that is waited for, or “reason: required”.';
  return [{ path: `actions.${code}.clocks`, code: 'pause_without_reason', message: said, hint }];
}

function proveOperation(procedure: Procedure, action: Action, operation: ClockOperation): readonly Finding[] {
  const path = `actions.${action.code}.changesClocks.${operation.clock}`;
  const known = allClocks(procedure).map(({ code }) => code);
  if (!known.includes(operation.clock)) {
    const message = `There is no clock “${operation.clock}”.`;
    return [{ path, code: 'unknown_clock', message, hint: suggestion(operation.clock, known) }];
  }
  const isAcross = procedure.clocks.some(({ code }) => code === operation.clock);
  const findings: Finding[] = [];
  if (!isAcross && action.to !== SAME_STAGE) {
    const message = `“${operation.clock}” ends when the track leaves its stage, so this changes nothing.`;
    findings.push({
      path,
      code: 'stage_clock_changed_while_moving',
      message,
      hint: `Write “to: ${SAME_STAGE}”, or make it a clock across stages.`,
    });
  }
  if (!isAcross && action.from.length > 0 && !action.from.some((code) => hasClock(procedure, code, operation.clock))) {
    findings.push({
      path,
      code: 'clock_of_another_stage',
      message: `“${operation.clock}” never runs where “${action.code}” can be taken.`,
      hint: 'Name a clock of the stages under “from”, or one across stages.',
    });
  }
  if (operation.operation !== 'resume' && action.reason !== 'required') {
    findings.push({
      path,
      code: 'clock_changed_without_reason',
      message: 'Whoever gives a clock more time says why.',
      hint: action.roles.includes('system') ? 'The software cannot: let a person do it.' : 'Add “reason: required”.',
    });
  }
  const isLonger = operation.operation === 'extend' || operation.operation === 'restart';
  if (isLonger && action.message !== 'required' && !action.roles.includes('system')) {
    const message = 'Nobody tells the complainant that it takes longer.';
    findings.push({ path, code: 'extension_without_letter', message, hint: 'Add “message: required”: the holding letter.' });
  }
  if (operation.operation === 'pause' && !resumes(procedure, operation.clock)) {
    const message = `No action lets “${operation.clock}” go on before its pause is over.`;
    findings.push({
      path,
      code: 'pause_without_resume',
      message,
      hint: `Add an action with “changesClocks: { ${operation.clock}: resume }”.`,
    });
  }
  if (operation.operation === 'resume' && !pauses(procedure, operation.clock)) {
    findings.push({
      path,
      code: 'resume_without_pause',
      message: `Nothing ever pauses “${operation.clock}”.`,
      hint: 'Take “resume” out, or add an action that pauses it.',
    });
  }
  return findings;
}

function hasClock(procedure: Procedure, stage: string, clock: string): boolean {
  return findStage(procedure, stage)?.clocks.some(({ code }) => code === clock) === true;
}

function resumes(procedure: Procedure, clock: string): boolean {
  return procedure.actions.some(({ changesClocks }) => changesClocks.some((one) => one.operation === 'resume' && one.clock === clock));
}

function pauses(procedure: Procedure, clock: string): boolean {
  return procedure.actions.some(({ changesClocks }) => changesClocks.some((one) => one.operation === 'pause' && one.clock === clock));
}
