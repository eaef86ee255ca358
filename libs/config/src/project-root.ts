import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Absolute path of the folder that holds `package.json`, found upward from this file, so that it is the same whether the code runs
 * from the source tree (tests) or from `dist/` (processes). Views, procedures, migrations and languages are read from below it.
 *
 * Throws at import when no such folder exists: without it no process could find its own files.
 */
export const projectRoot: string = findProjectRoot(__dirname);

function findProjectRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`No package.json above ${from}: the installation is incomplete.`);
  }
}
