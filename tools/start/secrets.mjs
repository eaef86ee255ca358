import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';

const keys = [
  'RECOURSE_RECEIPT_PEPPER',
  'RECOURSE_RECEIPT_SECRET',
  'RECOURSE_INTAKE_SECRET',
  'RECOURSE_CASEWORK_SECRET',
  'RECOURSE_WORKER_SECRET_KEY',
];
const passwords = ['recourse_intake', 'recourse_casework', 'recourse_worker'];

/** @typedef {{settings: Record<string, string>, rolePasswords: Record<string, string>}} Secrets */

/**
 * The secrets of this installation, made on the first start, readable by its owner alone. They lie beside the data and not in it: who copies the data folder, as a
 * backup, shall not have what opens the addresses in it. A setting that is given in the environment wins over the file.
 * @param {string} secretsDir
 * @param {string} dataDir in which earlier releases kept them: they are moved
 * @returns {Secrets}
 */
export function readSecrets(secretsDir, dataDir) {
  const file = join(secretsDir, 'secrets.json');
  const earlier = join(dataDir, 'secrets.json');
  if (file !== earlier && existsSync(earlier)) moveSecrets(earlier, secretsDir, file);
  if (!existsSync(file)) {
    refuseLostSecrets(file, dataDir);
    store(secretsDir, file, newSecrets());
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ExpectedFailure(`${file} cannot be read. Without it no receipt works: restore it from a backup.`);
  }
}

/**
 * New secrets beside old data would look like a start that went well: every receipt would be refused, and complaints taken meanwhile would be under the new ones.
 * @param {string} file
 * @param {string} dataDir
 */
function refuseLostSecrets(file, dataDir) {
  const used = ['postgres', 'evidence'].find((name) => existsSync(join(dataDir, name)));
  if (used === undefined || keys.every((key) => process.env[key])) return;
  throw new ExpectedFailure(
    `${dataDir} holds an installation, and its secrets are not there (${file}). Without them no receipt works. Put secrets.json back, from where it was or from a backup, or say with RECOURSE_SECRETS_DIR where it is. To begin anew, choose another, empty folder with RECOURSE_DATA_DIR.`,
  );
}

/**
 * First the copy, with the names that lead to it, then the removal: a crash in between leaves two files that are the same, and a power cut no file system without one.
 * @param {string} earlier
 * @param {string} secretsDir
 * @param {string} file
 */
function moveSecrets(earlier, secretsDir, file) {
  const text = readFileSync(earlier, 'utf8');
  if (!existsSync(file)) store(secretsDir, file, text);
  if (readFileSync(file, 'utf8') !== text) {
    throw new ExpectedFailure(
      `${earlier} and ${file} hold different secrets. Find out which belong to this database, from whether a receipt works, and move the other file away.`,
    );
  }
  [secretsDir, dirname(secretsDir)].forEach(flushFolder);
  rmSync(earlier);
}

/**
 * Brings the names in a folder to the disk: flushing a file alone does not. Windows knows no such thing.
 * @param {string} folder
 */
function flushFolder(folder) {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** @returns {string} */
function newSecrets() {
  const random = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('hex')]));
  return `${JSON.stringify({ settings: random(keys), rolePasswords: random(passwords) }, null, 2)}\n`;
}

/**
 * Written aside and renamed, so that a crash leaves the whole file or none.
 * @param {string} secretsDir
 * @param {string} file
 * @param {string} text
 */
function store(secretsDir, file, text) {
  try {
    mkdirSync(secretsDir, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new ExpectedFailure(
      `The folder for secrets ${secretsDir} cannot be written (${/** @type {NodeJS.ErrnoException} */ (error).code}). Choose another with RECOURSE_SECRETS_DIR.`,
    );
  }
}
