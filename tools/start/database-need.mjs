/** Commands that look at documents alone. */
const NEVER = ['calendar check'];
/** With two files; the numbers of two versions are looked up. */
const WITH_FILES = ['procedure diff'];
/** Commands that know more with a database, and something without one. */
const IF_THERE = ['procedure check'];

/**
 * Whether a command of the operator needs a database: one must not be made for a command that would only look at a file. The operator's own list of commands is in
 * compiled code; a test holds the two together.
 * @param {readonly string[]} words what was typed after `npm run recourse --`
 * @returns {'never' | 'if_there' | 'always'}
 */
export function databaseNeed(words) {
  const isAny = (/** @type {readonly string[]} */ commands) => commands.some((command) => words.slice(0, 2).join(' ') === command);
  if (words.length === 0 || words[0] === 'help' || words.includes('--help') || words.includes('-h') || isAny(NEVER)) return 'never';
  if (isAny(WITH_FILES) && numbersIn(words) < 2) return 'never';
  return isAny(IF_THERE) ? 'if_there' : 'always';
}

/** @param {readonly string[]} words */
function numbersIn(words) {
  return words.filter((word) => /^\d+$/.test(word)).length;
}
