import {
  calendarOf,
  checkActionForm,
  cleanText,
  dateOf,
  type Action,
  type Calendars,
  type CheckedActionForm,
  type Procedure,
} from '@recourse/domain';
import { findCompany, listColleagues, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { validate } from 'uuid';
import type { FieldProblem } from '../filing/complaint';

/** What somebody typed for an action, and what is needed to check it. */
export interface GivenForAction {
  readonly action: Action;
  readonly procedure: Procedure;
  readonly calendars: Calendars;
  readonly track: Track;
  readonly given: {
    readonly inputs: Readonly<Record<string, string>>;
    readonly reason?: string;
    readonly message?: string;
    readonly outcome?: string;
    readonly now: Date;
  };
}

/** Sorted by where it may be stored, or every problem. */
export type CheckedGiven =
  Extract<CheckedActionForm, { readonly ok: true }> | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Cleans what was given, checks it against the action, and looks up the companies and staff it names. */
export async function checkGiven(tx: EntityManager, request: GivenForAction): Promise<CheckedGiven> {
  const { action, given } = request;
  const checked = checkActionForm(action, {
    inputs: Object.fromEntries(Object.entries(given.inputs).map(([name, value]) => [name, cleanText(value)])),
    ...(given.reason === undefined ? {} : { reason: cleanText(given.reason) }),
    ...(given.message === undefined ? {} : { message: cleanText(given.message) }),
    ...(given.outcome === undefined ? {} : { outcome: given.outcome }),
    today: dateOf(calendarOf(request.calendars, request.procedure.calendar), given.now),
  });
  if (!checked.ok) {
    return checked;
  }
  const problems = [...(await companyProblem(tx, action, checked)), ...(await staffProblems(tx, request, checked))];
  return problems.length > 0 ? { ok: false, problems } : checked;
}

type Sorted = Extract<CheckedActionForm, { readonly ok: true }>;

async function companyProblem(tx: EntityManager, action: Action, { companyId }: Sorted): Promise<readonly FieldProblem[]> {
  if (companyId === undefined || (validate(companyId) && (await findCompany(tx, companyId)) !== undefined)) {
    return [];
  }
  return [{ field: action.inputs.find(({ type }) => type === 'company')?.name ?? 'company', code: 'not_a_company' }];
}

async function staffProblems(
  tx: EntityManager,
  { action, track }: GivenForAction,
  { open, staffIds }: Sorted,
): Promise<readonly FieldProblem[]> {
  if (staffIds.length === 0) {
    return [];
  }
  const colleagues = new Set((await listColleagues(tx, track.teamId)).map(({ id }) => id));
  return action.inputs
    .filter(({ name, type }) => type === 'staff' && open[name] !== undefined && !colleagues.has(open[name]))
    .map(({ name }): FieldProblem => ({ field: name, code: 'not_on_team' }));
}
