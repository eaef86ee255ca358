import type { Finding } from '../documents/document';
import type { Action, Procedure, Stage } from './procedure';
import { didYouMean, suggestion } from '../documents/did-you-mean';
import { grown, stagesReachedFrom } from './reachable-stages';
import { SAME_STAGE } from './vocabulary';

/** Every name the procedure uses for a stage, an outcome or a calendar must be there. */
export function proveNames(
  procedure: Procedure,
  calendars: readonly string[] | undefined,
  procedures?: readonly string[],
): readonly Finding[] {
  const stages = new Set(procedure.stages.map(({ code }) => code));
  const unknownStage = (path: string, code: string): readonly Finding[] =>
    code === '' || stages.has(code)
      ? []
      : [{ path, code: 'unknown_stage', message: `There is no stage “${code}”.`, hint: suggestion(code, [...stages]) }];
  const unknownCalendar = (path: string, code: string): readonly Finding[] =>
    code === '' || !calendars || calendars.includes(code)
      ? []
      : [
          {
            path,
            code: 'unknown_calendar',
            message: `There is no calendar “${code}”.`,
            hint: didYouMean(code, calendars) ?? `There are: ${calendars.join(', ')}.`,
          },
        ];
  return [
    ...unknownStage('initial', procedure.initial),
    ...procedure.actions.flatMap((action) => [
      ...action.from.flatMap((code, index) => unknownStage(`actions.${action.code}.from.${index}`, code)),
      ...(action.to === SAME_STAGE ? [] : unknownStage(`actions.${action.code}.to`, action.to)),
      ...unknownOutcomes(procedure, action),
      ...unknownProcedure(action, procedures && [...procedures, procedure.procedure]),
    ]),
    ...unknownCalendar('calendar', procedure.calendar),
    ...procedure.clocks
      .filter((clock) => clock.calendar !== procedure.calendar)
      .flatMap((clock) => unknownCalendar(`clocks.${clock.code}.calendar`, clock.calendar)),
    ...procedure.stages.flatMap((stage) =>
      stage.clocks
        .filter((clock) => clock.calendar !== procedure.calendar)
        .flatMap((clock) => unknownCalendar(`stages.${stage.code}.clocks.${clock.code}.calendar`, clock.calendar)),
    ),
  ];
}

function unknownProcedure({ code, opens }: Action, procedures: readonly string[] | undefined): readonly Finding[] {
  if (opens === undefined || !procedures || procedures.includes(opens)) return [];
  const hint =
    didYouMean(opens, procedures) ?? (procedures.length > 0 ? `There are: ${[...new Set(procedures)].join(', ')}.` : 'Publish it first.');
  return [{ path: `actions.${code}.opens`, code: 'unknown_procedure', message: `There is no procedure “${opens}”.`, hint }];
}

function unknownOutcomes(procedure: Procedure, action: Action): readonly Finding[] {
  const known = procedure.closingOutcomes.map((outcome) => outcome.code);
  return action.outcomes.flatMap((code, index): readonly Finding[] => {
    if (known.includes(code)) return [];
    const path = `actions.${action.code}.outcomes.${index}`;
    return [{ path, code: 'unknown_outcome', message: `There is no outcome “${code}”.`, hint: suggestion(code, known) }];
  });
}

/**
 * No track may get stuck: every stage can be reached, a person can lead every stage to an end, and every stage but an end has a clock. What only the software
 * does on a trigger is no way out, because the trigger may never come.
 */
export function proveStages(procedure: Procedure): readonly Finding[] {
  const reached = stagesReachedFrom(procedure, [procedure.initial]);
  const leading = leadingToAnEnd(procedure);
  return procedure.stages.flatMap((stage) => {
    const path = `stages.${stage.code}`;
    const findings: Finding[] = [];
    if (!reached.has(stage.code)) {
      findings.push({
        path,
        code: 'unreachable_stage',
        message: `No action leads to “${stage.code}”.`,
        hint: 'Add one, or take the stage out.',
      });
    }
    if (!leading.has(stage.code)) findings.push({ path, code: 'stage_without_way_out', ...stuck(procedure, stage) });
    if (stage.code === procedure.initial && stage.isEnd) {
      findings.push({
        path,
        code: 'initial_is_end',
        message: `A track begins in “${stage.code}” and would be closed at once.`,
        hint: 'Begin in another stage, or take “end: true” out.',
      });
    }
    return findings;
  });
}

/** Every stage but an end has a clock, and an end has none. */
export function proveClocksOfStages(procedure: Procedure): readonly Finding[] {
  return procedure.stages.flatMap((stage): readonly Finding[] => {
    const path = `stages.${stage.code}`;
    if (!stage.isEnd && stage.clocks.length === 0) {
      const message = `“${stage.code}” has no clock: a case could be forgotten there.`;
      return [{ path, code: 'stage_without_clock', message, hint: 'Add a clock, or write “end: true”.' }];
    }
    return stage.isEnd && stage.clocks.length > 0
      ? [
          {
            path: `${path}.clocks`,
            code: 'end_with_clock',
            message: `“${stage.code}” is an end: nobody would wind up its clock.`,
            hint: 'Take the clock out, or “end: true”.',
          },
        ]
      : [];
  });
}

function stuck(procedure: Procedure, stage: Stage): { readonly message: string; readonly hint: string } {
  const leaves = procedure.actions.some((action) => action.from.includes(stage.code) && takenByPeople(action) && action.to !== SAME_STAGE);
  return leaves
    ? { message: `From “${stage.code}” people can only go round in circles: no end is ever reached.`, hint: 'Add an action that closes.' }
    : { message: `No person can lead a track out of “${stage.code}”.`, hint: 'Add an action, or write “end: true”.' };
}

function takenByPeople(action: Action): boolean {
  return action.roles.some((role) => role !== 'system');
}

function leadingToAnEnd(procedure: Procedure): ReadonlySet<string> {
  const ends = new Set(procedure.stages.filter((stage) => stage.isEnd).map(({ code }) => code));
  return grown(ends, (leading) =>
    procedure.actions.filter((action) => takenByPeople(action) && leading.has(action.to)).flatMap((action) => action.from),
  );
}
