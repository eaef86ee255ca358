import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Jest runs the unit, integration and http layers (docs/architecture.md, "Tests").
 * One project per layer, so that each can be run alone: `npx jest --selectProjects unit`.
 */

/** @param {boolean | string[]} lazy what is loaded when something of it is first used: packages, or these files of one's own */
const swc = (lazy) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type: 'commonjs', lazy },
  },
];

/** What the `index.ts` of the libraries pass on. */
const passedOn = readdirSync(join(import.meta.dirname, 'libs')).flatMap((library) => {
  const index = readFileSync(join(import.meta.dirname, 'libs', library, 'src/index.ts'), 'utf8');
  return [...index.matchAll(/ from '([^']+)'/g)].map(([, file]) => file);
});

const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j|mj)s$': swc(false) },
  // Nest 12 and a few others publish ES modules only; Jest loads CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|file-type|cookie)/)'],
  resolver: '<rootDir>/libs/testing/jest/resolver.cjs',
  moduleNameMapper: { '^@recourse/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/var/'],
};

/**
 * Every test file loads its modules anew, and that is half of the work of a unit test: one of three functions shall not load a web server because the same
 * library has one. The other layers use nearly all of what they load, and load it as the programs do.
 */
const lazily = {
  // The first that matches counts.
  transform: {
    '/libs/[a-z]+/src/index\\.ts$': swc([...new Set(passedOn)].sort()),
    '^.+\\.(t|j|mj)s$': swc(true),
  },
};

/** Layers that meet a real PostgreSQL: one server for the whole run, one private database for each file. */
const withDatabase = {
  ...base,
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs',
};

export default {
  testSequencer: '<rootDir>/libs/testing/jest/longest-first.mjs',
  // Integration tests clone databases, derive keys and start processes on machines that are busy with other test files.
  testTimeout: 30_000,
  projects: [
    {
      ...base,
      ...lazily,
      displayName: 'unit',
      testEnvironment: '<rootDir>/libs/testing/jest/unit-environment.mjs',
      testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.spec.ts'],
    },
    { ...withDatabase, displayName: 'integration', testMatch: ['<rootDir>/{apps,libs,test}/**/*.int-spec.ts'] },
    { ...withDatabase, displayName: 'http', testMatch: ['<rootDir>/{apps,libs}/**/*.http-spec.ts'] },
    // The whole installation, started as a user starts it. It is built first: `node tools/build.mjs && npx jest --selectProjects system --forceExit`.
    { ...base, displayName: 'system', testMatch: ['<rootDir>/test/**/*.e2e.ts'] },
  ],
};
