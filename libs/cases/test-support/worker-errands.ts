import type { Triggered } from '@recourse/domain';
import type { Given } from '@recourse/testing';
import { TakeTriggeredAction } from '../src/actions/take-triggered-action';
import { TellOfTrack } from '../src/notifications/tell-of-track';
import { TellStaff } from '../src/notifications/tell-staff';
import type { Errand } from './case-rows';

/** People must be told of these, and whoever is asked finds somebody. */
const TELL_STAFF = {
  complaint_filed: 'staff_new_complaint',
  message_received: 'staff_message_received',
  track_assigned: 'staff_track_assigned',
  approval_answered: 'staff_approval_answered',
} as const;

const ACTED_ON: ReadonlySet<string> = new Set([...Object.keys(TELL_STAFF), 'track_triggered', 'action_taken', 'approval_requested']);

/** False for what only makes the worker punctual, or sends mails. */
export function isActedOn({ topic }: Errand): boolean {
  return ACTED_ON.has(topic);
}

/**
 * Does what was asked of the worker, as its handlers do. What only makes it punctual or sends mails is left.
 * @returns ids of those who are told, where somebody is to be told
 */
export async function runErrand(
  given: Given,
  { id: cause, topic, payload, writtenAt }: Errand,
  now: Date,
): Promise<readonly string[] | undefined> {
  const { rules } = given.institution;
  const text = (key: string): string => String(payload[key]);
  const caseId = text('caseId');
  const act = async (which: Triggered & { trackId?: string; deadline?: { id: string; dueAt: Date } }) => {
    await new TakeTriggeredAction(given.worker, rules).run({ caseId, ...which, happenedAt: writtenAt, cause, now });
  };
  if (topic === 'message_received') await act({ trigger: 'complainant_wrote' });
  switch (topic) {
    case 'track_triggered': {
      const { trackId, trigger, clock, deadlineId, dueAt } = payload as Record<string, string>;
      const ranOut = deadlineId === undefined ? {} : { deadline: { id: deadlineId, dueAt: new Date(dueAt ?? '') } };
      await act({
        ...(trackId && { trackId }),
        trigger: trigger as Triggered['trigger'],
        ...(clock !== undefined && { clock }),
        ...ranOut,
      });
      return undefined;
    }
    case 'action_taken':
    case 'approval_requested': {
      const by = (payload['takenBy'] ?? payload['requestedBy'] ?? null) as string | null;
      return new TellOfTrack(given.worker, rules).run({
        about: topic,
        caseId,
        trackId: text('trackId'),
        action: text('action'),
        by,
        cause,
        now,
      });
    }
    case 'complaint_filed':
    case 'message_received':
    case 'track_assigned':
    case 'approval_answered': {
      const person = payload['staffId'] ?? payload['requestedBy'];
      const to = typeof person === 'string' ? { staffId: person } : topic === 'complaint_filed' ? 'desk' : 'holders';
      return new TellStaff(given.worker).run({ caseId, kind: TELL_STAFF[topic], to, cause, now });
    }
    default:
      return undefined;
  }
}
