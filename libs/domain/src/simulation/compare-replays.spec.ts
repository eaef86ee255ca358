import { isExplainedBy } from './compare-replays';
import type { TakenStep, TrackReplay } from './track-replay';

const NOON = new Date('2026-03-10T12:00:00Z');
const LATER = new Date('2026-03-10T12:00:00.001Z');

const took = (action: string, by: TakenStep['by'], at = NOON): TakenStep => ({ action, from: 'open', to: 'open', at, by });
const track = (...taken: TakenStep[]): TrackReplay => ({ taken, stage: 'open', clocks: [], assumptions: new Set() });

describe('a record that a replay explains', () => {
  const [note, remind] = [took('note', 'staff'), took('remind', 'system')];

  it('has what people and the software did at one instant in either order', () => {
    expect(isExplainedBy(track(note, remind), track(remind, note))).toBe(true);
    expect(isExplainedBy(track(remind, note), track(note, remind))).toBe(true);
    expect(isExplainedBy(track(note, remind), track(note, took('remind', 'system', LATER)))).toBe(true);
  });

  it('has everything else in the order in which it was done', () => {
    expect(isExplainedBy(track(note, took('remind', 'system', LATER)), track(remind, took('note', 'staff', LATER)))).toBe(false);
    expect(isExplainedBy(track(note, took('agree', 'staff')), track(took('agree', 'staff'), note))).toBe(false);
    expect(isExplainedBy(track(note, remind), track(note))).toBe(false);
    expect(isExplainedBy(track(note), track(remind))).toBe(false);
  });

  it('may be followed by what the software has not done yet, and by nothing of people', () => {
    expect(isExplainedBy(track(note), track(note, took('remind', 'system', LATER)))).toBe(true);
    expect(isExplainedBy(track(note), track(note, took('agree', 'staff', LATER)))).toBe(false);
  });
});
