/** How much memory V8 takes and when it optimizes. Not `--env-file`, which tells each program everything, nor `--inspect`, whose port is one program's. */
const harmless = /^--(interrupt-budget|max-old-space-size|max-semi-space-size)=/;

/**
 * What the launcher's own Node was told that is meant for the programs it starts as well.
 * @param {readonly string[]} given
 * @returns {readonly string[]}
 */
export function optionsForPrograms(given = process.execArgv) {
  return given.filter((option) => harmless.test(option));
}
