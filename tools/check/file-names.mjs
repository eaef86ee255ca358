import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedFailure, report } from '../expected-failure.mjs';
import { projectRoot } from '../install-dependencies.mjs';

/** What a file can be, after the noun: `case-event.store.ts`. A form is what a browser posts, a body what a program posts, an answer what a program gets back. */
const kinds = [
  'module',
  'controller',
  'form',
  'body',
  'query',
  'answer',
  'page',
  'entity',
  'store',
  'processor',
  'handler',
  'handlers',
  'guard',
  'filter',
  'providers',
];
const layers = ['spec', 'int-spec', 'http-spec', 'e2e'];
const kebab = '[a-z0-9]+(?:-[a-z0-9]+)*';
const typescript = new RegExp(`^${kebab}(?:\\.(?:${kinds.join('|')}))?(?:\\.(?:${layers.join('|')}))?\\.(?:ts|d\\.mts)$`);
/** What has no home has no name yet. */
const homeless = /^(?:common|shared|utils?|helpers?|core|misc)$/;
const deepest = 3;

/**
 * What is wrong with the name of a source file, by CONTRIBUTING.md.
 * @param {string} path from the root of the project, with `/`
 * @returns {string[]} sentences; empty when nothing is
 */
export function problemsWithFileName(path) {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const problems = [];
  if (/\.(ts|mts)$/.test(file) && !typescript.test(file)) {
    problems.push(
      `${path}: kebab-case, then one of the kinds (${kinds.join(', ')}) or none, then the layer of a test (${layers.join(', ')}) or none.`,
    );
  }
  if (/\.(mjs|cjs|js)$/.test(file) && !/^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*\.(?:mjs|cjs|js)$/.test(file))
    problems.push(`${path}: write the name in kebab-case.`);
  for (const word of [...folders, file.replace(/\..*$/, '')]) {
    if (homeless.test(word)) problems.push(`${path}: “${word}” says nothing about what is inside.`);
  }
  const below = folders.slice(3);
  if (folders[2] === 'src' && below.length > deepest) problems.push(`${path}: folders go at most ${deepest} deep under src.`);
  if (file === 'index.ts' && !/^libs\/[^/]+\/src\/index\.ts$/.test(path))
    problems.push(`${path}: only a library has an index.ts, in its src folder.`);
  return problems;
}

/** Read from the disk, not from git: an archive has none, and git refuses a clone that belongs to somebody else. */
function main() {
  const problems = ['apps', 'libs', 'tools', 'test'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.\w+$/.test(path))
      .flatMap(problemsWithFileName),
  );
  if (problems.length > 0) throw new ExpectedFailure(problems.join('\n'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    process.exitCode = report(error);
  }
}
