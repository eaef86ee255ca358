const { compileFunction } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');
const { loadWith } = require('./typescript-loader.cjs');

/** Of every file that this worker transformed: a stack may lead through modules that an earlier test file loaded. */
const sourceMaps = new Map();

/**
 * Loads test files with Node's own `require`, and what they load stays for the next test file of the worker (ADR 0037). Jest's own runtime gives each
 * file a fresh copy of every module.
 */
class KeptModulesRuntime extends JestRuntime {
  constructor(...parameters) {
    super(...parameters);
    const { executor } = this;
    // Jest's own modules (the describe and the expect of this file) are loaded anew, in the same scope.
    executor.compile = (source, filename) => compileFunction(source, executor.injectedModuleParameters, { filename });
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
