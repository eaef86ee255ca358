import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';
import { isAlive } from '../is-alive.mjs';
import { runsAsRoot } from '../postgres/account.mjs';
import { commandLine } from '../postgres/postmaster.mjs';

/**
 * One `npm start` to a data folder. A lock whose process is gone is taken over.
 * @param {string} dataDir
 * @returns {() => void} gives the lock back
 */
export function lockDataFolder(dataDir) {
  makeDataFolder(dataDir);
  const file = join(dataDir, 'launcher.pid');
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') {
      throw new ExpectedFailure(
        `The data folder ${dataDir} cannot be written (${/** @type {NodeJS.ErrnoException} */ (error).code}). Choose another with RECOURSE_DATA_DIR.`,
      );
    }
    const other = Number(readFileSync(file, 'utf8'));
    if (isLauncher(other)) {
      throw new ExpectedFailure(
        `Recourse already runs on ${dataDir} (process ${other}). Stop it first, or choose another folder with RECOURSE_DATA_DIR.`,
      );
    }
    rmSync(file, { force: true });
    return lockDataFolder(dataDir);
  }
  return () => rmSync(file, { force: true });
}

/**
 * Everything in the folder that must not be read is closed to others itself. The folder is closed too, except that when root starts us the
 * account that runs PostgreSQL must be able to pass through to its own part.
 * @param {string} dataDir
 */
function makeDataFolder(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: runsAsRoot() ? 0o711 : 0o700 });
  } catch (error) {
    throw new ExpectedFailure(
      `The data folder ${dataDir} cannot be made (${/** @type {NodeJS.ErrnoException} */ (error).code}). Choose another with RECOURSE_DATA_DIR.`,
    );
  }
}

/**
 * Whether the process is one of our launchers. A number alone does not tell: after a restart of the machine, and in containers all the
 * time, it is somebody else's.
 * @param {number} pid
 */
export function isLauncher(pid) {
  return isAlive(pid) && (process.platform === 'win32' || /(start|recourse)\.mjs/.test(commandLine(pid)));
}
