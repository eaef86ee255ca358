import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { projectRoot } from '../install-dependencies.mjs';

/** Takes settings from the file `.env` beside package.json, when there is one. What the environment says comes first. */
export function loadDotenv() {
  let text;
  try {
    text = readFileSync(join(projectRoot, '.env'), 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}
