import { findClock, stageOf, type Procedure } from '../procedures/procedure';
import { VersionsOfTracks, type RecordedMove } from './recorded-move';
import type { RecordedCase, RecordedEvent } from './recorded-case';
import { firingOf, type ReplayedClock, type TakenStep, type TrackReplay } from './track-replay';

type Written = { -readonly [K in keyof ReplayedClock]: ReplayedClock[K] } & {
  /** It had run out when it was given more time. */
  isMissed: boolean;
};

const CLOCK_STATES: Readonly<Record<string, ReplayedClock['state']>> = {
  clock_paused: 'paused',
  clock_resumed: 'running',
  clock_cancelled: 'cancelled',
};

/**
 * A track as its record has it, in the shape of a replay, to hold one against the other. Pure.
 * @returns undefined when its procedure, or a version to which it was moved, is not given
 */
export function recordedTrack(recorded: RecordedCase, trackId: string): TrackReplay | undefined {
  const versions = new VersionsOfTracks(recorded);
  const taken: TakenStep[] = [];
  const clocks = new Map<string, Written>();
  let stage: string | undefined;
  for (const [place, event] of recorded.events.entries()) {
    const move = versions.read(event, place);
    if (event.trackId !== trackId) continue;
    if (move === 'unknown') return undefined;
    const procedure = versions.of(trackId);
    if (!procedure) return undefined;
    if (move) renameEnded(clocks, move);
    const steps = stepOf(event);
    taken.push(...steps);
    stage = move?.to ?? steps.at(-1)?.to ?? stage ?? procedure.initial;
    writeClock(clocks, event, procedure);
  }
  const procedure = versions.of(trackId);
  if (!procedure) return undefined;
  stage ??= procedure.initial;
  const last = taken.at(-1);
  return {
    taken,
    stage,
    ...(last && stageOf(procedure, stage).isEnd && { closedAt: last.at }),
    ...(last?.outcome !== undefined && { outcome: last.outcome }),
    clocks: [...clocks.values()].map(({ isMissed: _isMissed, ...clock }) => clock),
    assumptions: new Set(),
  };
}

/** What had ended is called as it would be now, so that it can be held against other rules. */
function renameEnded(clocks: ReadonlyMap<string, Written>, { mapping }: RecordedMove): void {
  for (const one of clocks.values()) {
    if (one.state !== 'running' && one.state !== 'paused') one.clock = mapping.clocks.get(one.clock) ?? one.clock;
  }
}

function stepOf({ type, payload, actorKind, occurredAt }: RecordedEvent): readonly TakenStep[] {
  if (type !== 'action_performed') return [];
  const { action, from, to, outcome } = payload;
  const by = actorKind === 'system' ? 'system' : 'staff';
  return [
    { action: String(action), from: String(from), to: String(to), at: occurredAt, by, ...(typeof outcome === 'string' && { outcome }) },
  ];
}

function writeClock(clocks: Map<string, Written>, { type, payload, occurredAt }: RecordedEvent, procedure: Procedure): void {
  if (!type.startsWith('clock_')) return;
  const id = String(payload['deadlineId']);
  const dueAt = typeof payload['dueAt'] === 'string' ? new Date(payload['dueAt']) : undefined;
  if (type === 'clock_started' && dueAt) {
    const { clock, stage } = payload;
    clocks.set(id, {
      clock: String(clock),
      stage: String(stage),
      startedAt: typeof payload['startedAt'] === 'string' ? new Date(payload['startedAt']) : occurredAt,
      dueAt,
      firings: [],
      state: 'running',
      isMissed: false,
    });
    return;
  }
  const known = clocks.get(id);
  if (!known) return;
  if (type === 'clock_carried_over') [known.clock, known.stage] = [String(payload['clock']), String(payload['stage'])];
  const rule = findClock(procedure, known.clock);
  if (rule) known.firings = [...known.firings, ...levelsOf(payload).map((level) => firingOf(rule, { level }))];
  if (dueAt) known.dueAt = dueAt;
  if (type === 'clock_extended' && new Date(String(payload['from'])) < occurredAt) known.isMissed = true;
  if (type === 'clock_met') known.state = payload['late'] === true ? 'missed_met' : 'met';
  else known.state = CLOCK_STATES[type] ?? known.state;
  // A record from before this was kept says that it was met, or not needed any more.
  if (known.isMissed && (known.state === 'met' || known.state === 'cancelled')) known.state = 'missed_met';
}

function levelsOf({ level, levels }: RecordedEvent['payload']): readonly number[] {
  const numbers: readonly unknown[] = Array.isArray(levels) ? levels : [level];
  return numbers.filter((one) => typeof one === 'number');
}
