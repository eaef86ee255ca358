/**
 * Dependencies point one way (docs/architecture.md, "The house"). Each rule has a breach in tools/boundaries.spec.ts, which sees it found.
 * Types count too: a type that crosses a boundary is a dependency of whoever reads the code.
 */

const TESTS = '\\.(spec|int-spec|http-spec|e2e)\\.ts$|/test-support/|^libs/testing/|^test/|^tools/';
const PRODUCT = '^(apps|libs)/[^/]+/src/';

/** Which libraries each library may import. Apps may import all but `testing`, which is for tests alone and may import all. */
const layers = {
  clock: [],
  config: [],
  domain: [],
  vault: ['config', 'domain'],
  notify: ['config', 'domain'],
  messaging: ['config', 'domain'],
  persistence: ['config', 'domain'],
  // Files are sealed on their way to the disk, so what keeps them must know the seal.
  evidence: ['config', 'domain', 'vault'],
  // What the database's errors mean is known to persistence alone; whoever says why a process does not start asks it, and so do the error pages.
  process: ['persistence'],
  web: ['clock', 'config', 'domain', 'vault', 'persistence', 'process'],
  cases: ['config', 'domain', 'vault', 'notify', 'messaging', 'persistence', 'evidence'],
};

const layerRules = Object.entries(layers).map(([library, below]) => ({
  name: `layer-${library}`,
  comment: `libs/${library} may import ${below.length > 0 ? below.map((name) => `@recourse/${name}`).join(', ') : 'no other library of ours'}.`,
  severity: 'error',
  from: { path: `^libs/${library}/`, pathNot: TESTS },
  to: { path: '^libs/', pathNot: [library, ...below].map((name) => `^libs/${name}/`) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'libraries-know-no-app',
      comment: 'An app uses libraries, never the other way round.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-know-no-app',
      comment: 'Processes meet in the database, not in code: what two of them need belongs into a library.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain is plain TypeScript: it reads YAML and knows the calendar (luxon); no framework, no I/O, nothing of Node.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: TESTS },
      to: { pathNot: '^libs/domain/|(^|/)node_modules/(yaml|luxon|@types/luxon)/' },
    },
    {
      name: 'only-vault-seals',
      comment: 'libs/vault is the only place that touches libsodium: one place to review.',
      severity: 'error',
      from: { pathNot: '^libs/vault/' },
      to: { path: 'sodium-native' },
    },
    ...Object.keys({ ...layers, testing: [] }).map((library) => ({
      name: `through-the-index-of-${library}`,
      comment: `From outside, a library is what its index.ts exports: import @recourse/${library}.`,
      severity: 'error',
      from: { pathNot: `^libs/${library}/` },
      to: { path: `^libs/${library}/`, pathNot: `^libs/${library}/src/index\\.ts$` },
    })),
    {
      name: 'no-relative-way-into-a-library',
      comment: 'Import @recourse/<library>: a relative path breaks when a file moves, and hides that a boundary is crossed.',
      severity: 'error',
      from: { path: '^(apps|test|tools)/' },
      to: { path: '^libs/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'inside-by-file',
      comment: 'Inside a library import the file: its own index.ts is for the others.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: TESTS },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'only-the-worker-has-a-queue',
      comment: 'To load BullMQ takes each process a third of a second, and only the worker needs it: elsewhere libs/messaging is types.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: `${TESTS}|^libs/messaging/|^apps/worker/` },
      to: { path: '^libs/messaging/|(^|/)node_modules/(bullmq|@nestjs/bullmq)/', dependencyTypesNot: ['type-only'], dynamic: false },
    },
    {
      name: 'only-the-doors-have-pages',
      comment: 'To load what pages and forms are made with takes each process half a second, and only intake and casework show any.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: `${TESTS}|^libs/web/|^apps/(intake|casework)/` },
      to: {
        path: '^libs/web/|(^|/)node_modules/(nunjucks|@nestjs/swagger|class-validator|class-transformer|helmet|@messageformat)/',
        dependencyTypesNot: ['type-only'],
        dynamic: false,
      },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'Test databases and fixtures have no place in a running process.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: TESTS },
      to: { path: '^libs/testing/|/test-support/|^test/|\\.(spec|int-spec|http-spec|e2e)\\.ts$' },
    },
    {
      name: 'no-development-package-in-product',
      comment: 'A production install leaves devDependencies out; what runs must be in dependencies. Types are erased and may stay.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'A package that merely happens to be installed can vanish with the next update: name it in package.json.',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      // Jest's own parts, of which libs/testing/jest makes others, come with Jest.
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|/)node_modules/(jest-|@jest/)',
      },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere fails when the process starts.',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { couldNotResolve: true, dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|var|coverage)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
    skipAnalysisNotInRules: true,
  },
};
