import { findClock, findOutcome, stageOf, type Calendars, type Procedure } from '@recourse/domain';
import type { ShownEvidenceFile, ShownIntakeItem, ShownMessage, ShownTrack } from '@recourse/persistence';
import { openField, openJson } from '@recourse/vault';
import { openLabel } from '../evidence/file-label';
import type { IntakeAnswers } from '../filing/intake-answers';
import type { CaseKeys } from '../keys/case-keys';
import { answersPlace, messageBodyPlace } from '../keys/places';
import { dueDay } from '../procedures/due-day';
import type { ComplaintFile, ComplaintItem, ComplaintMessage, ComplaintTrack } from './complaint-view';

/** A message as its reader sees it. */
export function openedMessage(keys: CaseKeys, caseId: string, message: ShownMessage): ComplaintMessage {
  return {
    id: message.id,
    direction: message.direction,
    sentAt: message.sentAt,
    body: openField(keys, messageBodyPlace(caseId, message.id), message.sealedBody),
    isNew: message.direction === 'to_complainant' && message.firstReadAt === null,
  };
}

/** The complaint or an addition, as its writer sees it again. */
export function openedItem(keys: CaseKeys, caseId: string, item: ShownIntakeItem): ComplaintItem {
  // Written by us (store-complaint, add-to-complaint) and authenticated by the seal, so its shape is known.
  const answers = openJson(keys, answersPlace(caseId, item.id), item.sealedAnswers) as IntakeAnswers;
  return { id: item.id, kind: item.kind, receivedAt: item.receivedAt, text: answers.narrative };
}

/** A file, as its sender sees it again. */
export function openedFile(keys: CaseKeys, caseId: string, file: ShownEvidenceFile): ComplaintFile {
  const { name, sizeBytes } = openLabel(keys, caseId, file);
  return { id: file.id, name, receivedAt: file.receivedAt, sizeBytes };
}

/** Where a track stands now, in the procedure's plain words. */
export function trackInPlainWords(track: ShownTrack, procedure: Procedure, calendars: Calendars, now: Date): ComplaintTrack {
  const stage = stageOf(procedure, track.stage);
  const outcome = track.outcome === null ? undefined : findOutcome(procedure, track.outcome);
  return {
    procedure: track.procedure,
    stage: stage.code,
    stageWording: stage.publicName,
    meaning: stage.publicMeaning,
    next: stage.publicNext,
    stageEnteredAt: track.stageEnteredAt,
    ...nextDueOf(track, procedure, calendars),
    late: track.closedAt === null && track.nextDueAt !== null && track.nextDueAt <= now,
    paused: track.isPaused,
    ...(track.pausedUntil === null ? {} : { pausedUntilOn: dueDay(calendars, track.pauseCalendar, track.pausedUntil).dueOn }),
    ...(track.pausedMissedAt === null ? {} : { pausedMissedOn: dueDay(calendars, track.pausedMissedCalendar, track.pausedMissedAt).dueOn }),
    closed: track.closedAt !== null,
    ...(track.closedAt === null ? {} : { closedAt: track.closedAt }),
    ...(outcome === undefined ? {} : { outcome: outcome.code, outcomeWording: outcome.publicName }),
  };
}

function nextDueOf(
  { nextDueAt, nextDueCalendar, nextDueClock, nextDueMissedAt }: ShownTrack,
  procedure: Procedure,
  calendars: Calendars,
): Pick<ComplaintTrack, 'nextDueAt' | 'nextDueOn' | 'nextDueWithinTheDay' | 'nextDueName' | 'missedOn'> {
  if (nextDueAt === null) return {};
  const { dueOn, withinTheDay } = dueDay(calendars, nextDueCalendar, nextDueAt);
  const name = nextDueClock === null ? undefined : findClock(procedure, nextDueClock)?.publicName;
  return {
    ...{ nextDueAt, nextDueOn: dueOn, nextDueWithinTheDay: withinTheDay },
    ...(name && { nextDueName: name }),
    ...(nextDueMissedAt && { missedOn: dueDay(calendars, nextDueCalendar, nextDueMissedAt).dueOn }),
  };
}
