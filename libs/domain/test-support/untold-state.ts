import { readHistory, recordedFacts, recordedTrack, replayTrack, type RecordedEvent, type ReplayedClock, type StaffRole } from '../src';
import { WALKED_TRACK } from './walked-record';
import type { WalkedTrack } from './walked-track';

type ClockLine = Pick<ReplayedClock, 'clock' | 'stage' | 'startedAt' | 'dueAt' | 'state'>;

function clockLine({ clock, stage, startedAt, dueAt, state }: ClockLine): string {
  return `${clock} of ${stage} ${state} ${startedAt.getTime()}-${dueAt.getTime()}`;
}

/** Everything that a step can change, as text. */
export function standing(track: WalkedTrack): string {
  const {
    stage,
    taken,
    clocks,
    standing: { facts },
    approvals,
    isAssigned,
    openSubTracks,
    noticed,
  } = track;
  return [
    `${taken.length} taken, in ${stage}`,
    `facts ${[...facts].sort().join(' ')}`,
    ...clocks.map(
      (clock) => `${clock.id} ${clockLine(clock)} ${clock.remainingMs ?? ''} ${clock.pausedUntil?.getTime() ?? ''} ${clock.extensions}`,
    ),
    `asked ${approvals.map(({ id }) => id).join(' ')}`,
    `${isAssigned ? 'somebody' : 'nobody'} has it, ${openSubTracks} open, ${noticed} noticed`,
  ].join('\n');
}

/**
 * Where a walk has come to cannot be told from the events that were recorded on the way: read one after the other, or replayed from what people did and
 * what came from outside, with the clocks and the software doing their own. Both are what a simulation trusts.
 * @param roles of the staff, by id
 * @returns what is wrong; nothing when every change can be told
 */
export function untold(track: WalkedTrack, roles: ReadonlyMap<string, StaffRole>): readonly string[] {
  const { procedure, calendars, now, record } = track;
  const recorded = { events: record.events, procedures: new Map([[WALKED_TRACK, procedure]]), roles };
  const [read, history] = [recordedTrack(recorded, WALKED_TRACK), readHistory(recorded, WALKED_TRACK)];
  if (!read || !history) return ['the record does not say how the track began'];
  const replay = replayTrack(history, { procedure, calendars }, { at: now });
  const isOpen = ({ state }: ReplayedClock): boolean => state === 'running' || state === 'paused';
  const steps = ({ taken }: typeof read): string[] =>
    taken.map(({ action, from, to, at, by }) => `${by} ${action} ${from}-${to} ${at.getTime()}`);
  return [
    ...(replay.stop ? [`a replay stops at ${replay.stop.action}: ${JSON.stringify(replay.stop.reason)}`] : []),
    ...[...replay.assumptions].map((assumption) => `a replay has to assume ${assumption}`),
    ...differing(
      'actions in the record',
      track.taken,
      read.taken.map(({ action }) => action),
    ),
    ...differing('actions in a replay', steps(read), steps(replay)),
    ...differing('stage in record and replay', [track.stage, track.stage], [read.stage, replay.stage]),
    ...differing(
      'closed in record and replay',
      [track.isClosed, track.isClosed],
      [read.closedAt, replay.closedAt].map((at) => at !== undefined),
    ),
    ...differing('open clocks in the record', track.clocks.map(clockLine).sort(), read.clocks.filter(isOpen).map(clockLine).sort()),
    ...differing('clocks in a replay', read.clocks.map(clockLine).sort(), replay.clocks.map(clockLine).sort()),
    ...differing('rest', restOf(track), restIn(record.events)),
  ];
}

function differing(what: string, walked: readonly unknown[], told: readonly unknown[]): readonly string[] {
  const [one, other] = [walked.map(String), told.map(String)];
  const place = Array.from({ length: Math.max(one.length, other.length) }).findIndex((_, index) => one[index] !== other[index]);
  return place < 0 ? [] : [`${what}: ${one[place] ?? 'nothing'} is told as ${other[place] ?? 'nothing'}`];
}

/** What a replay keeps to itself: facts, requests, who has it, other tracks, and what is left of clocks that wait. */
function restOf({ standing, approvals, isAssigned, openSubTracks, clocks }: WalkedTrack): readonly string[] {
  const left = clocks.flatMap(({ id, remainingMs, pausedUntil }) =>
    remainingMs === undefined ? [] : [`${id} ${remainingMs} ${pausedUntil?.toISOString() ?? ''}`],
  );
  return [...standing.facts].sort().concat(
    approvals.map(({ id }) => id),
    String(isAssigned),
    String(openSubTracks),
    ...left.sort(),
  );
}

function restIn(events: readonly RecordedEvent[]): readonly string[] {
  const own = events.filter(({ trackId }) => trackId === WALKED_TRACK);
  const [asked, subTracks, left] = [new Set<unknown>(), new Set<unknown>(), new Map<string, string>()];
  let isAssigned = false;
  for (const { type, payload, trackId } of events) {
    const { approvalId, deadlineId, remainingMs, until } = payload;
    if (type === 'approval_requested') asked.add(approvalId);
    else if (type.startsWith('approval_')) asked.delete(approvalId);
    if (type === 'sub_track_opened') subTracks.add(payload['subTrackId']);
    if (type === 'action_performed' && payload['outcome'] !== undefined) subTracks.delete(trackId);
    if (type === 'assigned') isAssigned = payload['assigneeId'] !== null;
    const id = String(deadlineId);
    if (type === 'clock_paused') left.set(id, `${id} ${String(remainingMs)} ${typeof until === 'string' ? until : ''}`);
    else if (type === 'clock_kept_waiting') left.set(id, `${(left.get(id) ?? id).split(' ').slice(0, 2).join(' ')} `);
    else if (type !== 'clock_ran_out') left.delete(id);
  }
  return [...recordedFacts(own)]
    .sort()
    .concat([...asked].map(String), String(isAssigned), String(subTracks.size), ...[...left.values()].sort());
}
