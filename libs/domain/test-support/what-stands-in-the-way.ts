import { decide, type ActorRole, type Action, type ClockFact, type Facts, type Procedure, type Stage } from '../src';
import { factAsked, isBuiltInGuard } from '../src/procedures/guards';
import { everythingHolds } from '../src/procedures/state-table';
import { lines } from './state-table-text';

const SOMEBODY = 'somebody';

/** One thing that may not be as an action needs it. */
interface Obstacle {
  readonly what: string;
  readonly facts: Facts;
}

/**
 * For every action in every stage where it can be taken: each single thing that may stand in its way, and what is answered then to everybody who could take it
 * otherwise. Completes the table of {@link stateTableText}, in which nothing does.
 * @throws Error when two roles are answered differently
 */
export function obstaclesText(procedure: Procedure): string {
  const rows = procedure.actions.flatMap((action) =>
    procedure.stages
      .filter(({ code }) => action.from.includes(code))
      .flatMap((stage) =>
        obstaclesTo(procedure, stage, action).map(({ what, facts }) => [
          action.code,
          stage.code,
          what,
          answered(procedure, stage, action, facts),
        ]),
      ),
  );
  return lines([['action', 'stage', 'if', 'answer'], ...rows]).join('\n');
}

/** Facts of the procedure and of the case under which some guards hold and the others do not, whatever the action needs besides. */
export function factsWith(procedure: Procedure, action: Action, holding: readonly string[]): Facts {
  return action.guards
    .filter((guard) => !holding.includes(guard))
    .reduce((facts, guard) => without(procedure, facts, guard), everythingHolds(procedure, action));
}

function obstaclesTo(procedure: Procedure, stage: Stage, action: Action): readonly Obstacle[] {
  const good = everythingHolds(procedure, action);
  const guards = action.guards.map((guard) => ({ what: `not ${guard}`, facts: without(procedure, good, guard) }));
  const asked = action.approval
    ? [{ what: 'a second person has been asked', facts: { ...good, awaitingApproval: new Set([action.code]) } }]
    : [];
  return [...guards, ...asked, ...action.changesClocks.flatMap(({ clock }) => clocksThatDiffer(procedure, stage, action, clock, good))];
}

/** Every way a clock can stand that an action changes. */
function clocksThatDiffer(procedure: Procedure, stage: Stage, action: Action, code: string, good: Facts): readonly Obstacle[] {
  const others = good.clocks.filter(({ clock }) => clock !== code);
  const operation = action.changesClocks.find(({ clock }) => clock === code);
  const times = operation && 'times' in operation ? operation.times : 1;
  const held = { clock: code, stage: stage.code, extensions: 0 };
  const ways: Readonly<Record<string, ClockFact | undefined>> = {
    'is not there': undefined,
    runs: { ...held, state: 'running' },
    'has run out': { ...held, state: 'running', isOverdue: true },
    'is paused until a day': { ...held, state: 'paused', pausedUntil: new Date(0) },
    'waits for its stage': { ...held, state: 'paused' },
    [`was given more time ${times} times`]: { ...held, state: 'running', extensions: times },
  };
  return Object.entries(ways).map(([what, clock]) => ({
    what: `${code} ${what}`,
    facts: { ...good, clocks: clock ? [...others, clock] : others },
  }));
}

function without(procedure: Procedure, facts: Facts, guard: string): Facts {
  if (isBuiltInGuard(guard)) {
    const turned = {
      company_named: { companyNamed: false },
      track_assigned: { assigned: false },
      no_open_sub_track: { openSubTracks: 1 },
      took_no_part: { partakers: new Set([SOMEBODY]) },
    };
    return { ...facts, ...turned[guard] };
  }
  const { fact, mustHold } = factAsked(
    guard,
    procedure.facts.map(({ code }) => code),
  );
  const established = new Set(facts.established);
  if (mustHold) established.delete(fact);
  else established.add(fact);
  return { ...facts, established };
}

function answered(procedure: Procedure, stage: Stage, action: Action, facts: Facts): string {
  const answers = new Set(action.roles.map((role) => answerTo(procedure, stage.code, action.code, role, facts)));
  if (answers.size !== 1) throw new Error(`${action.code} in ${stage.code}: ${[...answers].join(', ')}`);
  return [...answers].join();
}

/** The stage an action leads to, or the code of the refusal with what is missing. */
export function answerTo(procedure: Procedure, stage: string, action: string, role: ActorRole, facts: Facts): string {
  const closed = procedure.stages.some(({ code, isEnd }) => code === stage && isEnd);
  const decision = decide(procedure, { stage, revision: 1, closed }, facts, { role, staffId: SOMEBODY, onTeam: role !== 'system' }, action);
  if (decision.ok) return `→ ${decision.to}`;
  const { refusal } = decision;
  if ('guards' in refusal) return `${refusal.code} ${refusal.guards.join(', ')}`;
  return 'clock' in refusal ? `${refusal.code} ${refusal.clock}` : refusal.code;
}

/** Every set of some of these. */
export function subsetsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.reduce<readonly (readonly T[])[]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
}
