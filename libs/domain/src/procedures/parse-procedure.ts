import { CheckedDocument, type Finding } from '../documents/document';
import type { Problem, ProblemCode } from './problem';
import { findStage, type Procedure } from './procedure';
import { proveActions } from './prove-actions';
import { proveApproval, type TeamHolders } from './prove-approval';
import { proveClockOperations, proveClocks } from './prove-clocks';
import { proveConnections, proveFacts } from './prove-connections';
import { proveClocksOfStages, proveNames, proveStages } from './prove-stages';
import { proveLanguages } from './prove-languages';
import { proveNamesApart } from './prove-names';
import { proveUse } from './prove-use';
import { proveWays } from './prove-ways';
import { readProcedure, readProcedureName, type ProcedureName } from './read-procedure';

/** A procedure, or every mistake in its document in the order of the lines. */
export type ParsedProcedure =
  | {
      readonly ok: true;
      readonly procedure: Procedure;
      readonly warnings: readonly Problem[];
      /** What nobody could do as the teams are, where staff are still to come; otherwise that is a mistake. */
      readonly unstaffed: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a document may refer to outside itself. */
export interface ProcedureSurroundings {
  /** Codes of the calendars there are; when absent, calendars are not checked. Give it when publishing. */
  readonly calendars?: readonly string[];
  /** Codes of the other procedures there are; when absent, what `opens` names is not checked. */
  readonly procedures?: readonly string[];
  /**
   * Who holds which role on each team that has cases or gets them; when absent, an institution is taken to have one director and several of everybody else.
   * Give it when publishing.
   */
  readonly holders?: readonly TeamHolders[];
  /** `to_come`: what only the present `holders` make impossible is told and no mistake; an institution as described there must do. `as_it_is` unless given. */
  readonly staffing?: 'as_it_is' | 'to_come';
  /** BCP 47 tags of the languages that pages and mails are offered in; when absent, the procedure speaks those that it says. Give it when publishing. */
  readonly languages?: readonly string[];
}

/** Mistakes after which stages and actions are not what their author meant: to prove their connections would only blame the wrong lines. */
const UNSOUND: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'too_many',
  'alias_not_allowed',
  'wrong_type',
  'unknown_key',
  'missing_key',
  'duplicate_code',
  'invalid_code',
  'empty_list',
  'unknown_value',
  'unknown_guard',
  'unknown_stage',
]);

const STAGES_UNCLEAR: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['too_many', 'invalid_code']);

/** Mistakes that change nothing about the ways a track can go: only beside these, going every way tells something new. */
const BESIDE_THE_WAY: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'missing_wording',
  'unknown_language',
  'language_missing',
  'text_too_long',
  'text_not_clean',
  'text_not_sealed',
  'invalid_limit',
  'unknown_calendar',
  'actions_look_alike',
  'names_look_alike',
  'clock_without_person',
  'ladder_not_rising',
  'repeats_too_often',
  'warning_out_of_order',
  'warning_before_start',
  'clock_changed_without_reason',
  'extension_without_letter',
  'approver_is_actor',
]);

/**
 * Reads a procedure document (YAML) and proves that no case can get stuck or forgotten under it (libs/domain/README.md). Lists all mistakes at once; only
 * where a mistake makes it unclear how stages and actions hang together, what follows from that is checked after it is mended.
 * @param text the document
 * @param fileName its name, for the problems
 */
export function parseProcedure(text: string, fileName: string, surroundings: ProcedureSurroundings = {}): ParsedProcedure {
  const document = new CheckedDocument(text, fileName);
  if (!document.root) return { ok: false, problems: document.problems() };
  const procedure = readProcedure(document, document.root);
  // Which stages there are is unclear where one of them has no name, or not all of them were read.
  const stagesAreKnown = !document.hasBelow('stages', STAGES_UNCLEAR);
  const report = (finding: Finding): void => {
    const isFollowUp =
      (finding.code === 'unknown_stage' && !stagesAreKnown) ||
      (finding.code === 'clock_without_person' && document.hasBelow(`${finding.path.replace(/\.ladder\.\d+$/, '')}.ladder`));
    if (!isFollowUp) document.reportAtPath(finding);
  };
  proveNames(procedure, surroundings.calendars, surroundings.procedures).forEach(report);
  proveLanguages(procedure, surroundings.languages).forEach(report);
  proveFacts(procedure).forEach(report);
  const sound = !document.hasAny(UNSOUND);
  const { holders, staffing } = surroundings;
  const isToCome = staffing === 'to_come';
  proveActions(procedure, isToCome ? undefined : holders).forEach(report);
  proveClocks(procedure).forEach(report);
  proveClockOperations(procedure).forEach(report);
  if (sound) [...proveClocksOfStages(procedure), ...proveStages(procedure), ...proveConnections(procedure)].forEach(report);
  proveNamesApart(procedure).forEach(report);
  const ways = document.hasOnly(BESIDE_THE_WAY) ? proveWays(procedure, holders) : undefined;
  ways?.always.forEach(report);
  if (!isToCome) ways?.onTeams.forEach(report);
  const problems = document.problems();
  if (problems.length > 0) return { ok: false, problems };
  const unstaffed = isToCome ? document.located([...approvalsOnTeams(procedure, holders), ...(ways?.onTeams ?? [])]) : [];
  proveUse(procedure).forEach(report);
  return { ok: true, procedure, warnings: document.problems(), unstaffed };
}

function approvalsOnTeams({ actions }: Procedure, holders: readonly TeamHolders[] = []): readonly Finding[] {
  return actions.flatMap((action) =>
    proveApproval(action, holders).map((finding) => ({ ...finding, path: `actions.${action.code}.${finding.path}` })),
  );
}

/**
 * Reads a procedure that was published, as far as its shape goes: it was proved then. Tracks are pinned to it and the public door begins new ones on it, so it
 * goes on working when a later release proves more strictly, asks for more, or finds a word wrong that was right. {@link parseProcedure} tells what is wrong
 * with it today.
 * @returns problems only when there is nothing in the document to go by
 */
export function readPublishedProcedure(text: string, fileName: string): ParsedProcedure {
  const document = new CheckedDocument(text, fileName);
  if (!document.root) return { ok: false, problems: document.problems() };
  const procedure = readProcedure(document, document.root);
  return findStage(procedure, procedure.initial)
    ? { ok: true, procedure, warnings: [], unstaffed: [] }
    : { ok: false, problems: document.problems() };
}

/** Code and version of the procedure that a document describes, whatever else is wrong with it; nothing when it does not name both. */
export function procedureNameOf(text: string, fileName: string): ProcedureName | undefined {
  const document = new CheckedDocument(text, fileName);
  const name = document.root && readProcedureName(document, document.root);
  return name === undefined || name.procedure === '' || name.version === 0 ? undefined : name;
}

/** The code of the procedure that a document describes, whatever else is wrong with it; nothing when it has none. */
export function procedureCodeOf(text: string, fileName: string): string | undefined {
  const document = new CheckedDocument(text, fileName);
  const code = document.root && readProcedure(document, document.root).procedure;
  return code === '' ? undefined : code;
}
