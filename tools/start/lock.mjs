import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';

/**
 * One `npm start` to a data folder. A lock whose process is gone is taken over.
 * @param {string} dataDir
 * @returns {() => void} gives the lock back
 */
export function lockDataFolder(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
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
    if (isAlive(other)) {
      throw new ExpectedFailure(
        `Recourse already runs on ${dataDir} (process ${other}). Stop it first, or choose another folder with RECOURSE_DATA_DIR.`,
      );
    }
    rmSync(file, { force: true });
    return lockDataFolder(dataDir);
  }
  return () => rmSync(file, { force: true });
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
