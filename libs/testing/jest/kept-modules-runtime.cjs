const asyncHooks = require('node:async_hooks');
const { compileFunction } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');
const { loadWith } = require('./typescript-loader.cjs');

/** Of every file that this worker transformed: a stack may lead through modules that an earlier test file loaded. */
const sourceMaps = new Map();

/** Jest's own modules, compiled: each test file runs them anew, and none of them changes. @type {Map<string, Function>} */
const compiled = new Map();

/**
 * Loads test files with Node's own `require`, and what they load stays for the next test file of the worker (ADR 0037). Jest's own runtime gives each
 * file a fresh copy of every module.
 */
class KeptModulesRuntime extends JestRuntime {
  /** In which the describe of this file looks up what runs. @type {asyncHooks.AsyncLocalStorage<unknown>[]} */
  #storages = [];

  constructor(...parameters) {
    super(...parameters);
    const { executor, coreModule } = this;
    // Jest's own modules (the describe and the expect of this file) are loaded anew, in the same scope.
    executor.compile = (source, filename) => {
      const known = compiled.get(filename) ?? compileFunction(source, executor.injectedModuleParameters, { filename });
      compiled.set(filename, known);
      return known;
    };
    const original = coreModule.require.bind(coreModule);
    const hooks = this.#asyncHooks();
    coreModule.require = (name) => (name.replace(/^node:/, '') === 'async_hooks' ? hooks : original(name));
  }

  /** Node hands every storage that was ever used on to every promise, also those of test files that are over. */
  teardown() {
    for (const storage of this.#storages) storage.disable();
    super.teardown();
  }

  #asyncHooks() {
    const storages = this.#storages;
    class AsyncLocalStorage extends asyncHooks.AsyncLocalStorage {
      constructor(...parameters) {
        super(...parameters);
        storages.push(this);
      }
    }
    return { ...asyncHooks, AsyncLocalStorage };
  }

  requireModule(from, name, options, isActual) {
    if (options?.isInternalModule) return super.requireModule(from, name, options, isActual);
    const path = name === undefined ? from : this.requireBuilder.resolve(from, name);
    globalThis.jest = this.jestGlobals.jestObjectFor(path);
    return loadWith((file) => this.#transformed(file), path);
  }

  getSourceMaps() {
    return sourceMaps;
  }

  #transformed(file) {
    const code = this.transformCache.transform(file);
    for (const [of, map] of super.getSourceMaps()) sourceMaps.set(of, map);
    return code;
  }
}

module.exports = KeptModulesRuntime;
module.exports.default = KeptModulesRuntime;
