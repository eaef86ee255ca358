/** One mistake in a procedure, a calendar or a mapping between versions, with its place. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: ProblemCode;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** How to mend it, in a sentence. */
  readonly hint: string;
}

/** Every mistake that can be reported in a procedure. Each has a file in `test-support/broken`. */
export const PROCEDURE_PROBLEM_CODES = [
  // the document cannot be read as it stands
  'not_yaml',
  'second_document',
  'too_large',
  'too_deep',
  'too_many',
  'alias_not_allowed',
  'wrong_type',
  'unknown_key',
  'missing_key',
  'duplicate_code',
  'invalid_code',
  'empty_list',
  'listed_twice',
  'invalid_version',
  'invalid_language',
  'invalid_duration',
  'duration_not_positive',
  'duration_too_long',
  'unknown_value',
  'missing_wording',
  'unknown_language',
  'language_missing',
  'text_too_long',
  'text_not_clean',
  'invalid_limit',
  // it names something that is not there
  'unknown_stage',
  'unknown_guard',
  'unknown_outcome',
  'unknown_calendar',
  'unknown_action',
  'unknown_clock',
  'unknown_fact',
  'unknown_procedure',
  // it can be read, and a case would get stuck or forgotten under it
  'unreachable_stage',
  'stage_without_way_out',
  'stage_without_clock',
  'end_with_clock',
  'initial_is_end',
  'action_from_end',
  'action_moves_nowhere',
  'action_nobody_may_take',
  'system_without_trigger',
  'trigger_without_system',
  'trigger_ambiguous',
  'system_cannot_answer',
  'system_closes',
  'end_without_outcome',
  'outcome_without_end',
  'choice_without_choices',
  'choices_without_choice',
  'text_not_sealed',
  'clock_without_person',
  'ladder_not_rising',
  'repeats_too_often',
  'warning_out_of_order',
  'warning_before_start',
  'clocks_kept_while_moving',
  'clocks_changed_while_staying',
  'pause_without_resume',
  'resume_without_pause',
  'guard_never_met',
  'guards_contradict',
  'fact_contradicts',
  'actions_look_alike',
  'names_look_alike',
  'automatic_cycle',
  'approver_is_actor',
  'too_entangled',
  'track_gets_stuck',
  'team_cannot_close',
  'action_never_possible',
  'pauses_where_it_stops',
  'stage_clock_changed_while_moving',
  'clock_of_another_stage',
  'clock_changed_without_reason',
  'extension_without_letter',
  'pause_without_reason',
  'starts_mixed',
] as const;

/** What is odd in a procedure and may be meant: told, and nothing is refused for it. */
export const PROCEDURE_WARNING_CODES = ['never_used', 'times_differ', 'nobody_is_written_to', 'falls_silent', 'warning_at_start'] as const;

/** Every mistake that can be reported in a calendar and not in a procedure. */
export const CALENDAR_PROBLEM_CODES = [
  'unknown_time_zone',
  'unknown_weekday',
  'no_working_day',
  'invalid_date',
  'contradicting_day',
  'invalid_hours',
  'hours_empty',
  'hours_inverted',
  'hours_overlap',
  'hours_missing',
  'hours_on_rest_day',
  'unknown_country',
  'unknown_region',
  'invalid_years',
] as const;

/** Every mistake that can be reported in a mapping between two versions and not in a procedure. */
export const MAPPING_PROBLEM_CODES = ['moved_nowhere', 'moved_to_end', 'mapped_twice'] as const;

/** Code of a {@link Problem}. */
export type ProblemCode =
  | (typeof PROCEDURE_PROBLEM_CODES)[number]
  | (typeof PROCEDURE_WARNING_CODES)[number]
  | (typeof CALENDAR_PROBLEM_CODES)[number]
  | (typeof MAPPING_PROBLEM_CODES)[number];

/** A problem as compilers print them: `remedy.yaml:12:5 unknown_stage: what is wrong. How to mend it.`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.code}: ${problem.message} ${problem.hint}`;
}
