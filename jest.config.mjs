/**
 * Jest runs the unit, integration and http layers (docs/architecture.md, "Tests").
 * One project per layer, so that each can be run alone: `npx jest --selectProjects unit`.
 */

const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type: 'commonjs' },
  },
];

/** Modules are loaded by Node and kept from one test file to the next (ADR 0037). */
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: '<rootDir>/libs/testing/jest/one-realm-environment.mjs',
  runtime: '<rootDir>/libs/testing/jest/kept-modules-runtime.cjs',
  transform: { '^.+\\.(t|j|mj)s$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/var/'],
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
      displayName: 'unit',
      testEnvironment: '<rootDir>/libs/testing/jest/unit-environment.mjs',
      testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.spec.ts'],
    },
    { ...withDatabase, displayName: 'integration', testMatch: ['<rootDir>/{apps,libs,test}/**/*.int-spec.ts'] },
    { ...withDatabase, displayName: 'http', testMatch: ['<rootDir>/{apps,libs}/**/*.http-spec.ts'] },
    // The whole installation, started as a user starts it. It is built first: `node tools/build.mjs && npx jest --selectProjects system --forceExit`.
    {
      ...base,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.e2e.ts'],
      globalSetup: '<rootDir>/libs/testing/jest/system-setup.mjs',
      globalTeardown: '<rootDir>/libs/testing/jest/system-teardown.mjs',
    },
  ],
};
