import { heldBecause, NewsPace } from './news-pace';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 28, 12, minutes));
const pace = new NewsPace(30 * 60_000);
const told = { isToldSince: false, lastSentAt: null, lastReadAt: null, isRead: false };

describe('a mail about news', () => {
  it('is sent when nobody was told yet, and again when what was told is half an hour old', () => {
    expect(heldBecause(told, pace, at(1))).toBeUndefined();
    expect(heldBecause({ ...told, lastSentAt: at(0) }, pace, at(30))).toBeUndefined();
  });

  it('waits until then while nobody has read what was told', () => {
    expect(heldBecause({ ...told, lastSentAt: at(0) }, pace, at(6))).toEqual({ kind: 'later', at: at(30) });
    expect(heldBecause({ ...told, lastSentAt: at(10), lastReadAt: at(9) }, pace, at(15))).toEqual({ kind: 'later', at: at(40) });
  });

  it('is sent at once when that was read', () => {
    expect(heldBecause({ ...told, lastSentAt: at(0), lastReadAt: at(3) }, pace, at(5))).toBeUndefined();
  });

  it('is not sent when another was sent after it was planned, or everything was read', () => {
    expect(heldBecause({ ...told, isToldSince: true, lastSentAt: at(6) }, pace, at(50))).toEqual({
      kind: 'suppress',
      code: 'told_already',
    });
    expect(heldBecause({ ...told, isRead: true }, pace, at(6))).toEqual({ kind: 'suppress', code: 'read_already' });
  });
});
