import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { codeOf } from './surroundings';

const FOLDER = join(projectRoot, 'libs/domain/procedures');

/** Codes of the procedures that ship with Recourse, published or not. */
export async function shippedProcedureCodes(): Promise<readonly string[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).sort();
  return (await Promise.all(files.map(async (name) => codeOf(await readFile(join(FOLDER, name), 'utf8'), name)))).flat();
}
