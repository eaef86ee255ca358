import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Ends what we started even when we are killed with SIGKILL and cannot do it ourselves: a small process holds the other end of a pipe;
 * when the pipe closes it sends each watched process its signal.
 * @typedef {object} OrphanGuard
 * @property {(pid: number, signal: NodeJS.Signals) => void} watch
 * @property {(pid: number) => void} release the process has ended; its number may be somebody else's soon
 */

/** @returns {OrphanGuard} */
export function startOrphanGuard() {
  const guard = spawn(process.execPath, [fileURLToPath(import.meta.url).replace(/orphan-guard\.mjs$/, 'orphan-guard-process.mjs')], {
    // Its own process group, so that Ctrl-C in the terminal does not reach it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: {},
  });
  // Without its guard a process is still stopped in every ordinary way.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  /** @type {{unref?: () => void}} */ (guard.stdin).unref?.();
  return {
    watch: (pid, signal) => void guard.stdin.write(`+${pid} ${signal}\n`),
    release: (pid) => void guard.stdin.write(`-${pid}\n`),
  };
}
