import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExpectedFailure } from '../expected-failure.mjs';
import { projectRoot } from '../install-dependencies.mjs';
import { localUrl } from './local-url.mjs';
import { readSecrets } from './secrets.mjs';

/** @typedef {Record<string, string>} Settings */

const programs = /** @type {const} */ (['intake', 'casework', 'worker', 'operator']);

/** A compiled file of libs/config, which can be loaded only after the build. @param {string} file */
const config = (file) => import(pathToFileURL(join(projectRoot, 'dist/libs/config/src', file)).href);

/** @returns {string} absolute */
export function dataFolder() {
  return resolve(projectRoot, process.env.RECOURSE_DATA_DIR || 'var');
}

/** Beside the data and not in it. @returns {string} absolute */
function secretsFolder() {
  return process.env.RECOURSE_SECRETS_DIR ? resolve(projectRoot, process.env.RECOURSE_SECRETS_DIR) : `${dataFolder()}-secrets`;
}

/**
 * All settings of the installation: what the environment says, and what `npm start` makes itself.
 * @param {string} ownerUrl database as its owner
 * @returns {Settings}
 */
export function allSettings(ownerUrl) {
  const dataDir = dataFolder();
  const { settings: made, rolePasswords } = readSecrets(secretsFolder(), dataDir);
  const given = givenSettings();
  const as = (/** @type {string} */ role) => roleUrl(ownerUrl, role, rolePasswords[role] ?? '');
  return {
    RECOURSE_MODE: 'development',
    RECOURSE_PUBLIC_URL: localUrl(given.RECOURSE_INTAKE_PORT, 3000),
    RECOURSE_CASEWORK_URL: localUrl(given.RECOURSE_CASEWORK_PORT, 3001),
    ...made,
    RECOURSE_INTAKE_DATABASE_URL: as('recourse_intake'),
    RECOURSE_CASEWORK_DATABASE_URL: as('recourse_casework'),
    RECOURSE_WORKER_DATABASE_URL: as('recourse_worker'),
    ...given,
    RECOURSE_DATA_DIR: dataDir,
    RECOURSE_DATABASE_URL: ownerUrl,
  };
}

/**
 * What the environment says, misspelt names included.
 * @returns {Settings}
 */
export function givenSettings() {
  const named = Object.entries(process.env).filter(([name, value]) => /^REC?O/.test(name) && value);
  return /** @type {Settings} */ (Object.fromEntries(named));
}

/**
 * Everything that is wrong with the settings, told at once and before anything is started. The processes check again for themselves.
 * @param {Settings} settings
 */
export async function checkSettings(settings) {
  const { readSettings } = await config('read-settings.js');
  const sentences = new Set();
  for (const program of programs) {
    try {
      readSettings(program, await environmentOf(settings, program));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'SettingsError' && 'problems' in error)) throw error;
      for (const { message } of /** @type {{message: string}[]} */ (error.problems)) sentences.add(message);
    }
  }
  if (sentences.size === 0) return;
  throw new ExpectedFailure(
    `Recourse does not start, its settings need attention:\n${[...sentences].map((sentence) => `  - ${sentence}`).join('\n')}\n` +
      'Every setting is explained in docs/generated/settings.md and .env.example.',
  );
}

/**
 * What one program may know, with the little of our own environment that a program needs. Misspelt settings are passed on to be complained about.
 * @param {Settings} settings
 * @param {'intake' | 'casework' | 'worker' | 'operator'} program
 */
export async function environmentOf(settings, program) {
  const { declaredSettings } = await config('declarations.js');
  const { settingNames } = await config('settings.js');
  const known = new Set(declaredSettings.map((/** @type {[string]} */ [name]) => name));
  const own = new Set(settingNames(program));
  const chosen = Object.entries(settings).filter(([name]) => own.has(name) || !known.has(name));
  const plain = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|TMPDIR|TEMP|SYSTEMROOT|NODE_OPTIONS|NODE_EXTRA_CA_CERTS)$/i.test(name),
  );
  return Object.fromEntries([...plain, ...chosen]);
}

/**
 * @param {string} ownerUrl
 * @param {string} role
 * @param {string} password
 */
function roleUrl(ownerUrl, role, password) {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
