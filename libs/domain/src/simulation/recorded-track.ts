import { findClock, stageOf, type Procedure } from '../procedures/procedure';
import type { RecordedCase, RecordedEvent } from './track-history';
import { firingOf, type ReplayedClock, type TakenStep, type TrackReplay } from './track-replay';

type Written = { -readonly [K in keyof ReplayedClock]: ReplayedClock[K] };

const CLOCK_STATES: Readonly<Record<string, ReplayedClock['state']>> = {
  clock_paused: 'paused',
  clock_resumed: 'running',
  clock_cancelled: 'cancelled',
};

/**
 * A track as its record has it, in the shape of a replay, to hold one against the other. Pure.
 * @returns undefined when its procedure is not given
 */
export function recordedTrack(recorded: RecordedCase, trackId: string): TrackReplay | undefined {
  const procedure = recorded.procedures.get(trackId);
  if (!procedure) return undefined;
  const events = recorded.events.filter((event) => event.trackId === trackId);
  const taken = events.flatMap(stepOf);
  const clocks = new Map<string, Written>();
  for (const event of events) writeClock(clocks, event, procedure);
  const last = taken.at(-1);
  const stage = last?.to ?? procedure.initial;
  return {
    taken,
    stage,
    ...(last && stageOf(procedure, stage).isEnd && { closedAt: last.at }),
    ...(last?.outcome !== undefined && { outcome: last.outcome }),
    clocks: [...clocks.values()],
    assumptions: new Set(),
  };
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
    clocks.set(id, { clock: String(clock), stage: String(stage), startedAt: occurredAt, dueAt, firings: [], state: 'running' });
    return;
  }
  const known = clocks.get(id);
  if (!known) return;
  const rule = findClock(procedure, known.clock);
  if (rule) known.firings = [...known.firings, ...levelsOf(payload).map((level) => firingOf(rule, { level }))];
  if (dueAt) known.dueAt = dueAt;
  if (type === 'clock_met') known.state = payload['late'] === true ? 'missed_met' : 'met';
  else known.state = CLOCK_STATES[type] ?? known.state;
}

function levelsOf({ level, levels }: RecordedEvent['payload']): readonly number[] {
  const numbers: readonly unknown[] = Array.isArray(levels) ? levels : [level];
  return numbers.filter((one) => typeof one === 'number');
}
