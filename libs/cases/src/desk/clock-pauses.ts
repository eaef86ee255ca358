import { findAction, type CaseEventType, type Procedure } from '@recourse/domain';
import type { CaseEventRow, Deadline } from '@recourse/persistence';
import type { ClockPause } from './case-view';

/** What the record says of pauses: {@link pausesOver} goes by these. */
export const PAUSE_EVENTS = ['clock_paused', 'clock_resumed', 'clock_met', 'clock_cancelled'] as const satisfies readonly CaseEventType[];

const ENDS: ReadonlySet<string> = new Set(PAUSE_EVENTS.filter((type) => type !== 'clock_paused'));

/**
 * The pauses of a clock that are over, oldest first, from the record. One that holds now is in the clock itself.
 * @param events of the case, oldest first; those of {@link PAUSE_EVENTS} are enough
 */
export function pausesOver({ id, finishedAt }: Deadline, events: readonly CaseEventRow[], procedure: Procedure): readonly ClockPause[] {
  const pauses: ClockPause[] = [];
  let begun: CaseEventRow | undefined;
  for (const event of events) {
    if (event.payload['deadlineId'] !== id) continue;
    // A clock that waits for its stage can be paused besides: that is one pause.
    if (event.type === 'clock_paused') begun ??= event;
    if (begun === undefined || !ENDS.has(event.type)) continue;
    pauses.push({ pausedAt: begun.occurredAt, endedAt: event.occurredAt, ...reasonOf(begun, procedure) });
    begun = undefined;
  }
  // A track that was closed ends its clocks, paused or not.
  if (begun !== undefined && finishedAt !== null) {
    pauses.push({ pausedAt: begun.occurredAt, endedAt: finishedAt, ...reasonOf(begun, procedure) });
  }
  return pauses;
}

function reasonOf({ payload }: CaseEventRow, procedure: Procedure): Pick<ClockPause, 'reasonName'> {
  const code = payload['reason'];
  const action = typeof code === 'string' ? findAction(procedure, code) : undefined;
  return action === undefined ? {} : { reasonName: action.name };
}
