import type { CalendarPreview } from '@recourse/cases';
import { tellPreview } from './calendar-preview-words';

const day = (date: string): Date => new Date(`${date}T22:59:59.999Z`);
const move = (from: string, to: string) => ({ from: day(from), to: day(to), fromOn: from, toOn: to });
const NOTHING: CalendarPreview = {
  document: { calendar: { code: 'geneva', timeZone: 'Europe/Zurich', weekend: [6, 7], holidays: [] }, days: [] },
  replaces: 3,
  openClocks: 0,
  moved: [],
  unexplained: 0,
  startedBefore: 0,
  endAfter: 0,
  openRequests: 0,
  movedRequests: [],
};

function told(over: Partial<CalendarPreview>): readonly string[] {
  const lines: string[] = [];
  tellPreview({ say: (line) => lines.push(line), note: (line) => lines.push(`(${line})`) }, { ...NOTHING, ...over });
  return lines;
}

describe('the preview of a calendar', () => {
  it('says of each clock and each request for a second person from when to when it would move', () => {
    const clock = { reference: 'RC-1', clock: 'acknowledge', ...move('2026-03-09', '2026-03-11'), isPaused: true, isOverAtOnce: false };
    const request = { reference: 'RC-2', action: 'close_without_remedy', ...move('2026-03-11', '2026-03-09'), isOverAtOnce: true };
    expect(told({ openClocks: 2, moved: [clock], openRequests: 4, movedRequests: [request] })).toEqual([
      'RC-1  acknowledge  2026-03-09 -> 2026-03-11  (paused)',
      'RC-2  close_without_remedy  2026-03-11 -> 2026-03-09  (second person)  OVER AT ONCE',
      '(2 open clocks are counted by geneva; 1 would move, 1 of them to later and 0 to earlier.)',
      '(4 requests for a second person are counted by it; 1 would move, and 1 would have waited too long the moment it is published.)',
      '(Nothing was changed. To publish: calendar publish FILE --replaces 3)',
    ]);
  });

  it('says nothing of requests where there are none', () => {
    expect(told({})).toEqual([
      '(0 open clocks are counted by geneva; 0 would move, 0 of them to later and 0 to earlier.)',
      '(Nothing was changed. To publish: calendar publish FILE --replaces 3)',
    ]);
  });
});
