import type { OpenClock } from './clock-change';
import type { Procedure } from '../procedures/procedure';

/** True when a clock waits because of the stage in which the track stands: one across stages in those it names, one of a stage in every other. */
export function isMadeToWait(procedure: Procedure, open: Pick<OpenClock, 'clock' | 'stage'>, stage: string): boolean {
  const across = procedure.clocks.find(({ code }) => code === open.clock);
  return across ? across.pausesIn.includes(stage) : open.stage !== stage;
}

/**
 * True when a stage is waited out where the track stands now: actions with `clocks: resume` lead back to it, one after the other where one waits within a wait.
 * @param waitedFor the stage whose clocks wait
 * @param stage where the track stands
 */
export function isWaitedOut(procedure: Procedure, waitedFor: string, stage: string): boolean {
  const seen = new Set([stage]);
  for (const here of seen) {
    for (const { clocks, from, to } of procedure.actions) if (clocks === 'resume' && from.includes(here)) seen.add(to);
  }
  return stage !== waitedFor && seen.has(waitedFor);
}
