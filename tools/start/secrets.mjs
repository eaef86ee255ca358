import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
 * The secrets of this installation, made on the first start and kept in the data folder, readable by its owner alone.
 * A setting that is given in the environment wins over the file.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readSecrets(dataDir) {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) makeSecrets(dataDir, file);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ExpectedFailure(`${file} cannot be read. Without it no receipt works: restore it from a backup.`);
  }
}

/**
 * Written aside and renamed, so that a crash leaves the whole file or none.
 * @param {string} dataDir
 * @param {string} file
 */
function makeSecrets(dataDir, file) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const random = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('hex')]));
  writeFileSync(`${file}.new`, `${JSON.stringify({ settings: random(keys), rolePasswords: random(passwords) }, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  renameSync(`${file}.new`, file);
}
