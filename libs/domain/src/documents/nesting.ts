import { Lexer } from 'yaml';

/** Brackets inside brackets, or lists begun on one line (`- - - a`): a procedure needs 8. */
const DEEPEST = 50;
/** Spaces before a line: each level of a block needs one at least. */
const WIDEST_INDENT = 100;

/** Goes before a plain or block scalar in the lexer's output. */
const SCALAR_FOLLOWS = '\u001f';

/**
 * True when a YAML text is nested so deeply that composing it is dangerous. The parser calls itself for each level: 800 brackets exhaust the stack, and
 * 60,000 dashes on one line ended the whole process, because V8 gives up when it must compile a regular expression on an exhausted stack. The lexer does
 * not call itself, so its words are counted first.
 */
export function isNestedTooDeeply(text: string): boolean {
  let brackets = 0;
  let indicators = 0;
  let atLineStart = true;
  let isScalar = false;
  for (const word of new Lexer().lex(text)) {
    if (!isScalar) {
      if (word === '[' || word === '{') brackets += 1;
      else if (word === ']' || word === '}') brackets -= 1;
      else if (word === '-' || word === '?' || (word === ':' && brackets === 0)) indicators += 1;
      else if (word.startsWith('\n')) indicators = 0;
      if (brackets > DEEPEST || indicators > DEEPEST) return true;
      if (atLineStart && /^ +$/.test(word) && word.length > WIDEST_INDENT) return true;
      atLineStart = word.endsWith('\n');
    }
    isScalar = word === SCALAR_FOLLOWS;
  }
  return false;
}
