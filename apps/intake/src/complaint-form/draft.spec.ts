import { IntakeSecrets } from '../intake-secrets';
import { answered, DraftSealer } from './draft';

const now = new Date('2026-11-24T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const sealer = (fill: number) => new DraftSealer(new IntakeSecrets(Buffer.alloc(32, fill), 24, 30));

describe('a draft sealed into the page', () => {
  const story = 'كنا نجمع الحجارة 🪨 '.repeat(2000);
  const draft = answered(sealer(1).start(), 'what_happened', { narrative: story });

  it('comes back as it was', () => {
    expect(sealer(1).open(sealer(1).seal(draft, now), later(1))).toEqual({ state: 'fresh', draft });
  });

  it('keeps its answers when its time is over', () => {
    expect(sealer(1).open(sealer(1).seal(draft, now), later(25))).toEqual({ state: 'old', draft });
  });

  it('is readable neither in the page nor under another secret', () => {
    const token = sealer(1).seal(draft, now);
    expect(Buffer.from(token, 'base64url').includes('الحجارة')).toBe(false);
    expect(sealer(2).open(token, now)).toEqual({ state: 'unreadable' });
  });

  it.each(['', 'x', 'AAAA', '%%%', 'a'.repeat(100_000)])('says that %p cannot be read', (token) => {
    expect(sealer(1).open(token.slice(0, 200), now)).toEqual({ state: 'unreadable' });
  });

  it('is not much longer than the story, whatever the script', () => {
    const words = Array.from(
      { length: 600 },
      (_, at) => ['حارس', 'قرية', 'سيارة', 'ضربوا', 'أخي', 'منجم', 'صباح'][(at * 5 + (at % 3)) % 7],
    ).join(' ');
    const token = sealer(1).seal(answered(sealer(1).start(), 'what_happened', { narrative: words }), now);
    expect(token.length).toBeLessThan(Buffer.byteLength(words));
  });

  it('has a key of its own each time', () => {
    expect(sealer(1).start().key).not.toBe(sealer(1).start().key);
  });
});
