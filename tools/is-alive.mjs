import { isFileError } from './postgres/file-error.mjs';

/**
 * Whether there is a process of this number, whoever's it is.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return isFileError(error, 'EPERM');
  }
}
