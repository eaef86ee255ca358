const { existsSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve, dirname, sep } = require('node:path');

const root = resolve(__dirname, '../../..');
const packages = `${sep}node_modules${sep}`;
const LIBRARY = /^@recourse\/([a-z]+)$/;

/** @type {(file: string) => string} set by the test file that runs */
let transformed;

const resolveFilename = Module._resolveFilename;
/**
 * What a name stands for where it is not a file of that name: our libraries, and `./topics.js`, as TypeScript lets one call what will be compiled
 * from `topics.ts`. Packages mean what they write.
 */
Module._resolveFilename = function (request, parent, ...more) {
  const library = LIBRARY.exec(request)?.[1];
  if (library) return join(root, 'libs', library, 'src/index.ts');
  if (request.startsWith('.') && request.endsWith('.js') && parent?.filename && !parent.filename.includes(packages)) {
    const source = resolve(dirname(parent.filename), request.replace(/\.js$/, '.ts'));
    if (existsSync(source)) return source;
  }
  return resolveFilename.call(this, request, parent, ...more);
};

const loadModule = Module._extensions['.js'];
for (const extension of ['.ts', '.mjs']) {
  Module._extensions[extension] = (module, filename) => {
    if (filename.includes(packages)) loadModule(module, filename);
    else module._compile(transformed(filename), filename);
  };
}

/**
 * @param {(file: string) => string} transform gives CommonJS for a source file
 * @param {string} path of a test file, which is run; or of what it needs
 * @returns what it exports
 */
exports.loadWith = (transform, path) => {
  transformed = transform;
  return require(path);
};
