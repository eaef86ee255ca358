import { LegacyFakeTimers, ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** What jest-circus collects its listeners in; a new test file begins without those of the last one. */
const LISTENERS = Symbol.for('EVENT_HANDLERS');

/**
 * The environment of all test files: they run in the worker's own global scope, so that modules which were loaded for one file are of use to the next
 * (`kept-modules-runtime.cjs`). What a file replaces in the scope and in `process.env` is put back after it; what it adds stays, because
 * packages keep their own state there (TypeORM its entities).
 */
export default class OneRealmEnvironment {
  global = globalThis;
  #properties = Object.getOwnPropertyDescriptors(globalThis);
  #exit = process.exit;
  #variables = { ...process.env };

  /** @param {{projectConfig: import('@jest/types').Config.ProjectConfig}} config */
  constructor({ projectConfig: config }) {
    delete globalThis[LISTENERS];
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = new LegacyFakeTimers({
      config,
      global: globalThis,
      moduleMocker: this.moduleMocker,
      timerConfig: { idToRef: (/** @type {number} */ id) => id, refToId: (/** @type {number} */ ref) => ref },
    });
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    process.exit = this.#exit;
    Object.defineProperties(globalThis, this.#properties);
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest asks whether there is still a context; ours is the worker's and lasts as long as it. */
  getVmContext() {
    return {};
  }
}
