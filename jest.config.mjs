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

const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j)s$': swc, '^.+\\.mjs$': swc },
  // Nest 12 and a few others publish ES modules only; Jest loads CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|file-type|cookie)/)'],
  moduleNameMapper: { '^@recourse/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/var/'],
};

export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.spec.ts'] },
    { ...base, displayName: 'integration', testMatch: ['<rootDir>/{apps,libs,test}/**/*.int-spec.ts'] },
    { ...base, displayName: 'http', testMatch: ['<rootDir>/{apps,libs}/**/*.http-spec.ts'] },
  ],
};
