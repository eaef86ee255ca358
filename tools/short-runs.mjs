import { spawnSync } from 'node:child_process';

/**
 * Options of Node for programs that run for a minute and are gone. V8 is made for those that run for days: it collects what is young often, to stay small, and
 * compiles anew, on other threads, what was called a few hundred times. Where every core has something else to do that is lost.
 */

/** So much room for what is young saves half of the collector's work. */
const roomForTheYoung = '--max-semi-space-size=64';

/** Seven times of what V8 waits for before it optimizes: a sixth of the work of our tests, a quarter of the start of one of our programs. */
const lateOptimizing = '--interrupt-budget=500000';

/**
 * For the programs that check and test. The second of them is V8's own, and may be gone in a later one.
 * @type {readonly string[]}
 */
export const forShortRuns = [roomForTheYoung, lateOptimizing].filter(
  (option) => spawnSync(process.execPath, [option, '--version']).status === 0,
);
