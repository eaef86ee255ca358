import { decide, type ActionActor, type RefusalCode } from './decide';
import type { Facts } from './guards';
import type { Procedure } from './procedure';
import { ACTOR_ROLES, type ActorRole } from './vocabulary';

/** What becomes of one action in one stage, for everybody. */
export interface StateTableRow {
  readonly stage: string;
  readonly action: string;
  /** By role; for staff on the track's team, with every guard holding. */
  readonly results: Readonly<Record<ActorRole, StateTableResult>>;
}

/** The stage an action leads to, or why it is refused. */
export type StateTableResult = { readonly to: string } | { readonly refusal: RefusalCode };

const EVERYTHING_HOLDS: Facts = { companyNamed: true, consentToNotifyCompany: true, assigned: true };

/**
 * The whole procedure as a table, stages by actions by roles, as {@link decide} answers: for the permission matrix of the documentation and for the test that
 * shows what a change of a procedure changes.
 */
export function stateTable(procedure: Procedure): readonly StateTableRow[] {
  return procedure.stages.flatMap((stage) =>
    procedure.actions.map((action) => ({
      stage: stage.code,
      action: action.code,
      results: resultsByRole((actor) => {
        const track = { stage: stage.code, revision: 1, closed: stage.isEnd };
        const decision = decide(procedure, track, EVERYTHING_HOLDS, actor, action.code);
        return decision.ok ? { to: decision.to } : { refusal: decision.refusal.code };
      }),
    })),
  );
}

function resultsByRole(resultFor: (actor: ActionActor) => StateTableResult): Readonly<Record<ActorRole, StateTableResult>> {
  const results = ACTOR_ROLES.map((role) => [role, resultFor({ role, onTeam: role !== 'system' })]);
  return Object.fromEntries(results) as Record<ActorRole, StateTableResult>;
}
