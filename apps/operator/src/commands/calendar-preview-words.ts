import type { CalendarPreview, MovedClock, MovedRequest } from '@recourse/cases';
import type { CommandContext } from '../command';
import { chosen, counted } from '../counted';

/** Says which dates would move, a line each, and notes how many there are and what else is to be known. */
export function tellPreview({ say, note }: Pick<CommandContext, 'say' | 'note'>, preview: CalendarPreview): void {
  const { document, replaces, openClocks, moved, unexplained, startedBefore, endAfter, openRequests, movedRequests } = preview;
  const { code, holidaysKnown } = document.calendar;
  for (const one of moved) say(`${one.reference}  ${one.clock}  ${move(one)}${one.isPaused ? '  (paused)' : ''}${overAtOnce(one)}`);
  for (const one of movedRequests) say(`${one.reference}  ${one.action}  ${move(one)}  (second person)${overAtOnce(one)}`);
  const later = moved.filter(({ from, to }) => to > from).length;
  const earlier = moved.filter(({ from, to }) => to < from).length;
  note(
    `${counted(openClocks, 'open clock')} ${chosen(openClocks, 'is', 'are')} counted by ${code}; ${moved.length} would move, ${later} of them to later and ${earlier} to earlier.`,
  );
  const over = moved.filter(({ isOverAtOnce }) => isOverAtOnce).length;
  if (over > 0) note(`${over} of them would have run out the moment it is published.`);
  if (unexplained > 0)
    note(
      `${unexplained} ${chosen(unexplained, 'is', 'are')} not explained by the record; what is left of ${chosen(unexplained, 'it', 'them')} would be counted from now on.`,
    );
  if (startedBefore > 0) {
    note(
      `${startedBefore} started before ${holidaysKnown?.from ?? ''}, from when on holidays are known: holidays before it would count as worked.`,
    );
  }
  if (endAfter > 0) {
    note(
      `${endAfter} would end after ${holidaysKnown?.until ?? ''}, until when holidays are known: holidays after it would count as worked.`,
    );
  }
  if (openRequests > 0) note(tellRequests(openRequests, movedRequests));
  note(`Nothing was changed. To publish: calendar publish FILE --replaces ${replaces}`);
}

function tellRequests(openRequests: number, moved: readonly MovedRequest[]): string {
  const over = moved.filter(({ isOverAtOnce }) => isOverAtOnce).length;
  return `${counted(openRequests, 'request')} for a second person ${chosen(openRequests, 'is', 'are')} counted by it; ${moved.length} would move${over > 0 ? `, and ${over} would have waited too long the moment it is published` : ''}.`;
}

/** From when to when: the days, or the moments where the day stays. */
function move({ from, to, fromOn, toOn }: MovedClock | MovedRequest): string {
  return fromOn === toOn ? `${from.toISOString()} -> ${to.toISOString()}` : `${fromOn} -> ${toOn}`;
}

function overAtOnce({ isOverAtOnce }: MovedClock | MovedRequest): string {
  return isOverAtOnce ? '  OVER AT ONCE' : '';
}
