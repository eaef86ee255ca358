import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const importLine = /^import \{ ((?:\w+, )*\w+) \} from '([^']+)';$/gm;
const exportList = /^export \{ (?:\w+, )*\w+ \};$/gm;
const exportWord = /^export (?=(async )?(function|class|const) )/gm;
const topLevelName = /^(?:async )?(?:function|class|const|let) (\w+)/gm;

/**
 * Joins a script and what it imports into one text, so that a page fetches one file. Understands exactly what our
 * scripts and govuk-frontend's modules use, named imports and exports without renaming, and fails on anything else; that
 * is why no bundler is needed.
 * @param {string} entry absolute path of a module
 * @param {string} root folder that holds node_modules
 * @returns {string} one script without imports and exports
 */
export function joinModules(entry, root) {
  const texts = [];
  const seen = new Set();
  const names = new Map();

  function take(file) {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, , specifier] of text.matchAll(importLine)) take(resolve(specifier, file, root));
    const plain = text
      .replace(importLine, '')
      .replace(exportList, '')
      .replace(exportWord, '')
      .replace(/^\/\/# source.*$/gm, '');
    const left = /^(import|export)\b.*$/m.exec(plain);
    if (left) throw new Error(`${file}: cannot join "${left[0]}": only named imports and exports are understood.`);
    for (const [, name] of plain.matchAll(topLevelName)) {
      if (names.has(name)) throw new Error(`${file}: "${name}" is also declared in ${names.get(name)}.`);
      names.set(name, file);
    }
    texts.push(plain);
  }

  take(entry);
  return texts.join('\n');
}

function resolve(specifier, from, root) {
  return specifier.startsWith('.') ? join(dirname(from), specifier) : join(root, 'node_modules', specifier);
}
