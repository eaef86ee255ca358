import { calendarsNamedIn, procedureCodeOf, type ParsedProcedure, type ProcedureSurroundings } from '@recourse/domain';
import { listProcedureVersions, listRoleHolders } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { DESK_TEAM } from '../institution/set-up-institution';
import type { RuleBook } from './rule-book';

/** A document in YAML. */
export interface RulesDocument {
  readonly text: string;
  /** Its name, for messages. */
  readonly fileName: string;
}

type Surroundings = ProcedureSurroundings & Required<Pick<ProcedureSurroundings, 'calendars' | 'procedures'>>;

/**
 * What a procedure refers to in this institution as it is now: the published calendars (the damaged ones too: {@link refuseDamagedCalendars}) and procedures, and who holds which role on each team that has
 * cases or gets them. Before there is a team nobody can hold anything, and `holders` is absent.
 */
export async function surroundingsIn(tx: EntityManager, rules: RuleBook): Promise<Surroundings> {
  const procedures = (await listProcedureVersions(tx)).map(({ procedure }) => procedure);
  const calendars = await rules.calendarCodes(tx);
  const holders = await listRoleHolders(tx, DESK_TEAM);
  return { calendars, procedures, ...(holders.length === 0 ? {} : { holders }) };
}

/**
 * For a document that was proved against {@link surroundingsIn}: what nobody could go by is refused before it is published.
 * @throws ChangedCalendar when it names a calendar that is not what was published
 */
export async function refuseDamagedCalendars(tx: EntityManager, rules: RuleBook, parsed: ParsedProcedure): Promise<ParsedProcedure> {
  if (parsed.ok) {
    await rules.refuseDamaged(tx, calendarsNamedIn(parsed.procedure));
  }
  return parsed;
}

/** The code by which the others may open it, if it has one. */
export function codeOf(text: string, fileName: string): readonly string[] {
  const code = procedureCodeOf(text, fileName);
  return code === undefined ? [] : [code];
}
