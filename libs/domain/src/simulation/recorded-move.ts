import type { VersionMapping } from '../procedures/parse-mapping';
import { allClocks, type Procedure } from '../procedures/procedure';
import type { RecordedCase, RecordedEvent } from './recorded-case';

/** A move of a track to another version of its procedure, as its record has it. */
export interface RecordedMove {
  readonly before: Procedure;
  readonly after: Procedure;
  /** Where the track came to stand. */
  readonly to: string;
  /** Total: whatever a replay finds has a place. */
  readonly mapping: VersionMapping;
  readonly establishes: readonly string[];
  readonly revokes: readonly string[];
}

/** Names a version of a procedure in {@link RecordedCase.versions}. */
export function versionKey(procedure: string, version: number): string {
  return `${procedure} ${version}`;
}

/**
 * The versions under which the tracks of a case were, one after the other, while its record is read from the beginning.
 */
export class VersionsOfTracks {
  readonly #present = new Map<string, Procedure>();

  constructor(private readonly recorded: RecordedCase) {}

  /** The version of a track after what was read so far; the one it is pinned to where the record does not say. */
  of(trackId: string): Procedure | undefined {
    return this.#present.get(trackId) ?? this.recorded.procedures.get(trackId);
  }

  /** Reads the next event. @returns the move, when it is one; `unknown` when it leads to a version that is not given */
  read(event: RecordedEvent, place: number): RecordedMove | 'unknown' | undefined {
    const { trackId, type, payload } = event;
    if (trackId === null) return undefined;
    if (type === 'case_opened') {
      const begun = this.#version(payload['procedure'], payload['procedureVersion']);
      if (begun) this.#present.set(trackId, begun);
      return undefined;
    }
    if (type !== 'track_moved_to_version') return undefined;
    const before = this.#version(payload['procedure'], payload['fromVersion']);
    const after = this.#version(payload['procedure'], payload['toVersion']);
    if (!before || !after) return 'unknown';
    this.#present.set(trackId, after);
    return moveOf(before, after, event, changesOf(this.recorded.events, place));
  }

  #version(procedure: unknown, version: unknown): Procedure | undefined {
    return typeof procedure === 'string' && typeof version === 'number'
      ? this.recorded.versions?.get(versionKey(procedure, version))
      : undefined;
  }
}

/** What the move did to the clocks stands right behind it: one transaction, one moment, one track. */
function changesOf(events: readonly RecordedEvent[], place: number): readonly RecordedEvent[] {
  const move = events[place];
  const following = events.slice(place + 1).filter(({ trackId }) => trackId === move?.trackId);
  const end = following.findIndex(
    ({ type, actorKind, occurredAt }) =>
      !type.startsWith('clock_') || actorKind !== 'system' || occurredAt.getTime() !== move?.occurredAt.getTime(),
  );
  return end < 0 ? following : following.slice(0, end);
}

/** The file with which it was moved is not in the record; what became of the stage, the facts and each clock is. */
function moveOf(before: Procedure, after: Procedure, { payload }: RecordedEvent, changes: readonly RecordedEvent[]): RecordedMove {
  const to = String(payload['to']);
  const carried = changes.filter(({ type }) => type === 'clock_carried_over').map((event) => event.payload);
  const dropped = changes.filter(({ type }) => type === 'clock_cancelled').map((event) => String(event.payload['clock']));
  const targets = new Set(after.stages.filter(({ isEnd }) => !isEnd).map(({ code }) => code));
  const stages = new Map(before.stages.map(({ code }) => [code, targets.has(code) ? code : to]));
  const clocks = new Map(sameCodes(before, after).filter(([code]) => !dropped.includes(code)));
  for (const { clock, stage, fromClock, fromStage } of carried) {
    clocks.set(String(fromClock), String(clock));
    // A clock across stages keeps the stage it started in, which need not be a place of the new version.
    if (targets.has(String(stage))) stages.set(String(fromStage), String(stage));
  }
  stages.set(String(payload['from']), to);
  return {
    before,
    after,
    to,
    mapping: { stages, clocks, facts: new Map() },
    establishes: codes(payload['establishes']),
    revokes: codes(payload['revokes']),
  };
}

/** What has the same code goes on, where nothing else is recorded: also what never ran by the record and runs in a replay. */
function sameCodes(before: Procedure, after: Procedure): readonly (readonly [string, string])[] {
  const known = new Set(allClocks(after).map(({ code }) => code));
  return allClocks(before).flatMap(({ code }) => (known.has(code) ? [[code, code] as const] : []));
}

function codes(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
