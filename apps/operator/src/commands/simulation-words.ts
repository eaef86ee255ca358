import type { SimulationReport, ToldTrack } from '@recourse/cases';
import type { Assumption, ClockCounts, ClockCourse, ReplayDifference, ReplayEnding, ReplayStop, StopReason } from '@recourse/domain';
import { chosen, counted } from '../counted';

/** One track of a simulation, in English: a line for each thing that would have been different. Moments are in UTC. */
export function trackLines(told: ToldTrack): readonly string[] {
  const { reference } = told;
  if (told.kind === 'unexplained' && told.isMoved) {
    return [
      `${reference}: not compared. It was moved to another version of its procedure, and its record does not follow from the two as they read today${whereItEnds(told.replay?.stop)}.`,
    ];
  }
  if (told.kind === 'unexplained') {
    return [
      `${reference}: not compared. Its record does not follow from its own rules as they read today${whereItEnds(told.replay?.stop)}.`,
    ];
  }
  const { after, differences } = told.track;
  return [
    ...differences.map((difference) => `${reference}: ${differenceWords(difference)}.`),
    ...(after.stop === undefined ? [] : [`${reference}: ${stopWords(after.stop)}. It is compared up to there.`]),
  ];
}

function whereItEnds(stop: ReplayStop | undefined): string {
  return stop === undefined ? '' : `: ${stopWords(stop)}`;
}

function stopWords({ at, action, stage, reason }: ReplayStop): string {
  return `“${action}”, taken on ${day(at)}, would have been refused in the stage “${stage}”: ${reasonWords(reason)}`;
}

function reasonWords(reason: StopReason): string {
  switch (reason.code) {
    case 'guard_failed':
      return guardWords(reason.guards);
    case 'outcome_not_offered':
      return `it cannot close as “${reason.outcome}”`;
    case 'choice_not_offered':
      return `“${reason.choice}” cannot be chosen for “${reason.input}”`;
    case 'clock_not_running':
    case 'clock_not_paused':
    case 'no_extension_left':
    case 'clock_overdue':
      return `${REFUSALS[reason.code]} (“${reason.clock}”)`;
    default:
      return REFUSALS[reason.code];
  }
}

function guardWords(guards: readonly string[]): string {
  const tookPart = guards.includes('took_no_part')
    ? ' (whoever took it or agreed to it had taken part in the track that opened this one)'
    : '';
  return `these do not hold: ${guards.join(', ')}${tookPart}`;
}

const REFUSALS: Readonly<Record<Exclude<StopReason['code'], 'guard_failed' | 'outcome_not_offered' | 'choice_not_offered'>, string>> = {
  unknown_action: 'there is no such action',
  closed: 'the track is closed by then',
  wrong_stage: 'it cannot be taken there',
  role_not_allowed: 'whoever took it may not',
  not_on_team: 'another team has the track',
  awaiting_approval: 'a second person is asked already',
  same_person: 'whoever asked cannot be the second person',
  clock_not_running: 'the clock does not run',
  clock_not_paused: 'the clock is not paused',
  no_extension_left: 'the clock cannot be extended again',
  clock_overdue: 'the clock has run out and cannot be paused',
  request_lapsed: 'there is no request any more to agree to',
};

function differenceWords(difference: ReplayDifference): string {
  if (difference.kind === 'ending') {
    return `${endingWords(difference.after)}; by its own rules it ${difference.before.closedAt === undefined ? 'stands' : 'closed'} in “${difference.before.stage}”${outcomeWords(difference.before)}`;
  }
  const { clock, before, after } = difference;
  const named = `the clock “${clock}” of ${day(difference.startedAt)}`;
  if (after?.ranOut === true && before?.ranOut !== true) {
    return `${named} would have run out on ${moment(after.dueAt)}${toldWords(after, '; told: ')}`;
  }
  if (after?.ranOut !== true && before?.ranOut === true) {
    return `${named} would not have run out; by its own rules it does on ${moment(before.dueAt)}${toldWords(before, '; told: ')}`;
  }
  const told = (course: ClockCourse | undefined): string => (course === undefined ? '' : toldWords(course, '')) || 'nobody';
  return `of ${named} these would have been told: ${told(after)}; by its own rules: ${told(before)}`;
}

function endingWords(ending: ReplayEnding): string {
  return ending.closedAt === undefined
    ? `would still be open, in “${ending.stage}”`
    : `would have closed in “${ending.stage}” on ${day(ending.closedAt)}${outcomeWords(ending)}`;
}

function outcomeWords({ closedAt, outcome }: ReplayEnding): string {
  if (closedAt === undefined) return '';
  return outcome === undefined ? ' (the outcome is sealed)' : ` as “${outcome}”`;
}

/** Warnings and rungs; that it ran out is said besides. Repetitions are counted. */
function toldWords({ firings }: ClockCourse, before: string): string {
  const repetitions = firings.filter(({ kind }) => kind === 'repetition').length;
  const words = [
    ...firings.flatMap(({ kind, number }) =>
      kind === 'warning' || kind === 'escalation' ? [`${kind === 'warning' ? 'warning' : 'rung'} ${number}`] : [],
    ),
    ...(repetitions > 0 ? [`the last rung again ${counted(repetitions, 'time')}`] : []),
  ];
  return words.length === 0 ? '' : `${before}${words.join(', ')}`;
}

/** Everything counted, in English. */
export function reportLines(report: SimulationReport): readonly string[] {
  const { replayed, different, stopped, stops, unexplained, toldOtherwise } = report;
  return [
    `${rulesWords(report)} ${counted(replayed, 'track')} ${chosen(replayed, 'was', 'were')} replayed; for ${different} of them something would have been different.`,
    ...report.clocks.flatMap(({ clock, before, after }) => clockLines(clock, before, after)),
    ...tracks(
      stopped,
      'stops where people did what would have been refused; it is compared up to there:',
      'stop where people did what would have been refused; they are compared up to there:',
    ),
    ...stops.map(
      ({ action, stage, code, guards, count }) =>
        `  ${counted(count, 'time')} “${action}” in the stage “${stage}”: ${code}${guards.length === 0 ? '' : ` (${guards.join(', ')})`}`,
    ),
    ...tracks(report.wouldStayOpen, 'closed, and would still be open.'),
    ...tracks(report.wouldClose, 'is open, and would have closed.', 'are open, and would have closed.'),
    ...tracks(report.otherOutcome, 'would have closed with another outcome.'),
    ...[...report.assumptions].map(([assumption, count]) => `${counted(count, 'track')}: ${ASSUMPTIONS[assumption]}`),
    ...tracks(
      unexplained,
      'was not compared: its record does not follow from its own rules as they read today.',
      'were not compared: their record does not follow from their own rules as they read today.',
    ),
    ...tracks(
      toldOtherwise,
      'has other warnings in its record than its own rules give today: nothing ran for a while, or a calendar was changed.',
      'have other warnings in their record than their own rules give today: nothing ran for a while, or a calendar was changed.',
    ),
  ];
}

/** What every simulation takes for granted. */
export const HONESTY =
  'Both sides are replayed by the same rules of arithmetic, and calendars as if they had held from the beginning. People are taken to have done the same at the ' +
  'same moments: what they would have done otherwise, had a warning come earlier, nobody can know. What is sealed was not opened. Nothing was changed.';

const ASSUMPTIONS: Readonly<Record<Assumption, string>> = {
  second_person_agreed: 'nobody was asked then; a second person is taken to have agreed at once.',
  role_unknown: 'whoever acted has another role today; they are taken to have had one that may.',
  input_unknown: 'an action asks for something that was not asked for then; it is taken to have been given.',
  outcome_unknown: 'which outcome was asked for is sealed.',
  sub_track_unknown: 'another track would have been opened that never was; it is taken to hold nothing up.',
};

function rulesWords({ procedure, calendar }: SimulationReport): string {
  const rules = [
    ...(procedure === undefined ? [] : [`${procedure.procedure}, version ${procedure.version}`]),
    ...(calendar === undefined ? [] : [`the calendar ${calendar.code}`]),
  ];
  return `Under ${rules.join(' and ')}:`;
}

function clockLines(clock: string, before: ClockCounts, after: ClockCounts): readonly string[] {
  const kinds = [...new Set([...before.firings.keys(), ...after.firings.keys()])].sort();
  const firings = kinds.map((kind) => change(firingWords(kind), before.firings.get(kind) ?? 0, after.firings.get(kind) ?? 0));
  return [
    `  ${clock}: ${[change('started', before.started, after.started), change('ran out', before.ranOut, after.ranOut), ...firings].join('; ')}`,
  ];
}

function change(what: string, before: number, after: number): string {
  return before === after ? `${what} ${before}` : `${what} ${before} -> ${after}`;
}

function firingWords(kind: string): string {
  return kind === 'repetition' ? 'last rung again' : kind.replace('escalation', 'rung');
}

function tracks(count: number, one: string, many = one): readonly string[] {
  return count === 0 ? [] : [`${counted(count, 'track')} ${chosen(count, one, many)}`];
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`;
}
