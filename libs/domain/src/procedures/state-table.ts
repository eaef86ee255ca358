import { decide, type ActionActor, type RefusalCode } from './decide';
import { factAsked, NO_FACTS, type Facts } from './guards';
import { allClocks, type Action, type Procedure } from './procedure';
import { ACTOR_ROLES, type ActorRole } from './vocabulary';

/** What becomes of one action in one stage, for everybody. */
export interface StateTableRow {
  readonly stage: string;
  readonly action: string;
  /** By role; for staff on the track's team, with every guard holding and every clock running (or paused, for an action that lets it go on). */
  readonly results: Readonly<Record<ActorRole, StateTableResult>>;
}

/** The stage an action leads to, or why it is refused. */
export type StateTableResult = { readonly to: string } | { readonly refusal: RefusalCode };

/** Facts under which every guard of the procedure holds that can, and every clock runs. */
export function everythingHolds(procedure: Procedure, action: Action): Facts {
  const denied = action.guards.flatMap((guard) => {
    const { fact, mustHold } = factAsked(
      guard,
      procedure.facts.map(({ code }) => code),
    );
    return mustHold ? [] : [fact];
  });
  const resumed = action.changesClocks.filter(({ operation }) => operation === 'resume').map(({ clock }) => clock);
  return {
    ...NO_FACTS,
    companyNamed: true,
    assigned: true,
    established: new Set(procedure.facts.map(({ code }) => code).filter((code) => !denied.includes(code))),
    clocks: allClocks(procedure).map(({ code }) => {
      const isResumed = resumed.includes(code);
      const held = isResumed ? { state: 'paused' as const, pausedUntil: new Date(0) } : { state: 'running' as const };
      return { clock: code, stage: procedure.initial, extensions: 0, ...held };
    }),
  };
}

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
        const decision = decide(procedure, track, everythingHolds(procedure, action), actor, action.code);
        return decision.ok ? { to: decision.to } : { refusal: decision.refusal.code };
      }),
    })),
  );
}

function resultsByRole(resultFor: (actor: ActionActor) => StateTableResult): Readonly<Record<ActorRole, StateTableResult>> {
  const results = ACTOR_ROLES.map((role) => [role, resultFor({ role, onTeam: role !== 'system' })]);
  return Object.fromEntries(results) as Record<ActorRole, StateTableResult>;
}
