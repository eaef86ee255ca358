import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from './install-dependencies.mjs';

/**
 * Loads a TypeScript file of ours as it is, without a build: what is generated from the sources can be compared in seconds. Types are not
 * checked here. The compiler's options are those of the tests (jest.config.mjs).
 */

const require = createRequire(import.meta.url);
let isPrepared = false;

/**
 * @param {string} path from the root of the project, `libs/config/src/index.ts`
 * @returns {any} what the file exports
 */
export function loadSource(path) {
  if (!isPrepared) prepare();
  isPrepared = true;
  return require(join(projectRoot, path));
}

/** Teaches this process's `require` TypeScript and the names of our libraries. Node 20 has no official way (`registerHooks` came with 22). */
function prepare() {
  const internals = /** @type {any} */ (Module);
  internals._extensions['.ts'] = (/** @type {any} */ module, /** @type {string} */ file) => {
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      filename: file,
      swcrc: false,
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
      module: { type: 'commonjs' },
    });
    module._compile(code, file);
  };
  const resolve = internals._resolveFilename;
  internals._resolveFilename = (/** @type {string} */ name, /** @type {unknown[]} */ ...rest) => {
    const library = /^@recourse\/([a-z]+)$/.exec(name)?.[1];
    return resolve.call(Module, library ? join(projectRoot, 'libs', library, 'src/index.ts') : name, ...rest);
  };
}
