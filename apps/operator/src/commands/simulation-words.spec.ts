import type { ToldTrack } from '@recourse/cases';
import type { StopReason } from '@recourse/domain';
import { trackLines } from './simulation-words';

function stoppedFor(reason: StopReason): readonly string[] {
  const replay = { taken: [], stage: 'lodged', clocks: [], assumptions: new Set<never>() };
  const stop = { at: new Date('2026-03-02T07:00:00Z'), action: 'begin_review', stage: 'lodged', reason, items: 1 };
  const told: ToldTrack = { kind: 'simulated', reference: 'RC-1', track: { before: replay, after: { ...replay, stop }, differences: [] } };
  return trackLines(told);
}

describe('a track that stops where an action would have been refused', () => {
  it.each<[string, readonly string[], string]>([
    ['a condition', ['track_assigned'], 'these do not hold: track_assigned'],
    [
      'having taken part before',
      ['track_assigned', 'took_no_part'],
      'these do not hold: track_assigned, took_no_part (whoever took it or agreed to it had taken part in the track that opened this one)',
    ],
  ])('says why: %s', (_, guards, why) => {
    expect(stoppedFor({ code: 'guard_failed', guard: guards[0] ?? '', guards })).toEqual([
      `RC-1: “begin_review”, taken on 2026-03-02, would have been refused in the stage “lodged”: ${why}. It is compared up to there.`,
    ]);
  });
});
