import { IntakeSecrets } from '../intake-secrets';
import { answered, DraftSealer, type DraftPlace } from './draft';

const now = new Date('2026-11-24T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const sealer = (fill: number) => new DraftSealer(new IntakeSecrets(Buffer.alloc(32, fill), 24, 30));

const visit: DraftPlace = { kind: 'visit', visit: 'v'.repeat(43) };

describe('a draft sealed into the page', () => {
  const story = 'كنا نجمع الحجارة 🪨 '.repeat(2000);
  const draft = answered(sealer(1).start(), 'what_happened', { narrative: story });

  it('comes back as it was', () => {
    expect(sealer(1).open(sealer(1).seal(draft, visit, now), visit, later(1))).toEqual({ state: 'fresh', draft });
  });

  it('keeps its answers when its time is over', () => {
    expect(sealer(1).open(sealer(1).seal(draft, visit, now), visit, later(25))).toEqual({ state: 'old', draft });
  });

  it('is readable neither in the page nor under another secret', () => {
    const token = sealer(1).seal(draft, visit, now);
    expect(Buffer.from(token, 'base64url').includes('الحجارة')).toBe(false);
    expect(sealer(2).open(token, visit, now)).toEqual({ state: 'unreadable' });
  });

  it.each(['', 'x', 'AAAA', '%%%', 'a'.repeat(100_000)])('says that %p cannot be read', (token) => {
    expect(sealer(1).open(token.slice(0, 200), visit, now)).toEqual({ state: 'unreadable' });
  });

  it('is not much longer than the story, whatever the script', () => {
    const words = Array.from(
      { length: 600 },
      (_, at) => ['حارس', 'قرية', 'سيارة', 'ضربوا', 'أخي', 'منجم', 'صباح'][(at * 5 + (at % 3)) % 7],
    ).join(' ');
    const token = sealer(1).seal(answered(sealer(1).start(), 'what_happened', { narrative: words }), visit, now);
    expect(token.length).toBeLessThan(Buffer.byteLength(words));
  });

  it.each<[string, DraftPlace]>([
    ['another visit', { kind: 'visit', visit: 'w'.repeat(43) }],
    ['no visit', { kind: 'page' }],
  ])('is not readable in %s, old or not', (_, place) => {
    const token = sealer(1).seal(draft, visit, now);
    for (const at of [now, later(25)]) expect(sealer(1).open(token, place, at)).toEqual({ state: 'unreadable' });
  });

  it('for a browser without cookies is readable in no visit', () => {
    const token = sealer(1).seal(draft, { kind: 'page' }, now);
    expect(sealer(1).open(token, { kind: 'page' }, now)).toEqual({ state: 'fresh', draft });
    expect(sealer(1).open(token, visit, now)).toEqual({ state: 'unreadable' });
  });

  it('for a browser without cookies is kept for a day after its time, and in a visit as long as that lasts', () => {
    const [inPage, inVisit] = ([{ kind: 'page' }, visit] as const).map((place) => sealer(1).seal(draft, place, now));
    const states = (token = '', place: DraftPlace) =>
      [23, 25, 47.9, 48.1, 24 * 30].map((hours) => sealer(1).open(token, place, later(hours)).state);
    expect(states(inPage, { kind: 'page' })).toEqual(['fresh', 'old', 'old', 'ended', 'ended']);
    expect(states(inVisit, visit)).toEqual(['fresh', 'old', 'old', 'old', 'old']);
    expect(sealer(1).open(inPage ?? '', { kind: 'page' }, later(49))).toEqual({ state: 'ended' });
  });

  it('has a key of its own each time', () => {
    expect(sealer(1).start().key).not.toBe(sealer(1).start().key);
  });
});
