import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../install-dependencies.mjs';
import { optionsForPrograms } from './node-options.mjs';

const longestPause = 30_000;
/** A process that ran this long had started well; the next restart is quick again. */
const wellStarted = 20_000;
/** sysexits.h EX_CONFIG: another start with the same settings ends the same way. */
const configurationExit = 78;

/**
 * Keeps one of our processes running: when it ends by itself it is started again, after a pause that grows while it keeps failing.
 * @param {string} name folder below apps
 * @param {NodeJS.ProcessEnv} environment
 * @param {import('../orphan-guard.mjs').OrphanGuard} guard
 */
export function supervise(name, environment, guard) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let isStopping = false;
  let pause = 500;
  const ended = keep();

  async function keep() {
    while (!isStopping) {
      const started = Date.now();
      const code = await once();
      if (isStopping) return;
      if (code === configurationExit) {
        say(name, 'cannot run with these settings; see its message above. The others go on.');
        return;
      }
      pause = Date.now() - started > wellStarted ? 500 : Math.min(pause * 2, longestPause);
      say(name, `ended by itself; it is started again in ${pause / 1000} s.`);
      await wait(pause, undefined, { ref: false });
    }
  }

  function once() {
    // Its own process group: Ctrl-C reaches the launcher alone, which then stops everything in the right order.
    const own = spawn(process.execPath, [...optionsForPrograms(), join(projectRoot, `dist/apps/${name}/src/main.js`)], {
      cwd: projectRoot,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    child = own;
    if (own.pid !== undefined) guard.watch(own.pid, 'SIGTERM');
    for (const stream of [own.stdout, own.stderr]) createInterface({ input: stream }).on('line', (line) => say(name, line));
    return new Promise((done) => {
      own.once('error', () => done(1));
      own.once('exit', (code) => {
        if (own.pid !== undefined) guard.release(own.pid);
        done(code);
      });
    });
  }

  return {
    /** Asks it to end, and makes it end after ten seconds. */
    stop: async () => {
      isStopping = true;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const own = child;
      own.kill('SIGTERM');
      const timer = setTimeout(() => own.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * @param {string} name
 * @param {string} line
 */
export function say(name, line) {
  process.stdout.write(`[${name}] ${line}\n`);
}
