// The process behind orphan-guard.mjs. Node processes go first and get ten seconds, so that what they are doing is still stored.
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { commandLine } from './postgres/postmaster.mjs';

/** @type {Map<number, string>} */
const watched = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const [pid, signal] = line.slice(1).split(' ');
  if (line.startsWith('+')) watched.set(Number(pid), signal ?? 'SIGTERM');
  else watched.delete(Number(pid));
}

const terminated = [...watched].filter(([, signal]) => signal === 'SIGTERM').map(([pid]) => pid);
terminated.forEach((pid) => send(pid, 'SIGTERM'));
for (let waited = 0; waited < 10_000 && terminated.some(isThere); waited += 100) await wait(100);
terminated.forEach((pid) => send(pid, 'SIGKILL'));
for (const [pid, signal] of watched) if (signal !== 'SIGTERM') send(pid, signal);

/**
 * A process that has ended and that nobody has asked about still takes signals; its command line is empty.
 * @param {number} pid
 */
function isThere(pid) {
  return process.platform === 'linux' ? commandLine(pid) !== '' : send(pid, 0);
}

/**
 * @param {number} pid
 * @param {string | number} signal
 */
function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    // Already gone.
    return false;
  }
}
