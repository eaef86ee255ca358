import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';
import { projectRoot } from '../install-dependencies.mjs';
import { environmentOf } from './environment.mjs';
import { optionsForPrograms } from './node-options.mjs';

/** @typedef {import('./environment.mjs').Settings} Settings */

/**
 * Runs one command of the operator and gives back what it printed.
 * @param {Settings} settings
 * @param {string[]} words
 * @returns {Promise<string>}
 */
export async function operate(settings, ...words) {
  const { code, printed } = await run(settings, words, 'pipe');
  if (code !== 0) throw new ExpectedFailure(`“${words.join(' ')}” failed; its message is above.`, code);
  return printed;
}

/**
 * The same with our own input and output.
 * @param {Settings} settings
 * @param {string[]} words
 * @returns {Promise<number>} exit code
 */
export async function operateInteractively(settings, words) {
  return (await run(settings, words, 'inherit')).code;
}

/**
 * @param {Settings} settings
 * @param {string[]} words
 * @param {'pipe' | 'inherit'} output
 * @returns {Promise<{code: number, printed: string}>}
 */
async function run(settings, words, output) {
  const child = spawn(process.execPath, [...optionsForPrograms(), join(projectRoot, 'dist/apps/operator/src/main.js'), ...words], {
    // Relative file names are meant from where the person stands.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: await environmentOf(settings, 'operator'),
    stdio: [output === 'inherit' ? 'inherit' : 'ignore', output, 'inherit'],
  });
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (printed += text));
  const code = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (status) => done(status ?? 1));
  });
  return { code: Number(code), printed };
}
