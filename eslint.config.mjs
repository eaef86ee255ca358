import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Type-aware rules for everything that runs, and the house style (CONTRIBUTING.md) wherever a rule can say it.
 * Layers and cycles are .dependency-cruiser.cjs's; file names are tools/check/file-names.mjs's.
 */

const testFiles = [
  '**/*.spec.ts',
  '**/*.int-spec.ts',
  '**/*.http-spec.ts',
  'test/**/*.ts',
  'libs/testing/**/*.ts',
  'libs/*/test-support/**/*.ts',
];

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'States are unions of snake_case literals: an enum is a value at run time and nominal.',
};
const noBarrel = [
  { selector: 'ExportAllDeclaration', message: 'Name what is exported: a library has one index.ts with explicit names.' },
  { selector: 'ExportNamedDeclaration[source]', message: "Only a library's own index.ts re-exports; inside a library import the file." },
];
const noSleepSelector = {
  selector: "CallExpression[callee.name='setTimeout'][arguments.0.type='Identifier'][arguments.0.name=/^(resolve|done)$/]",
  message: 'Wait for a condition, not for a time.',
};
const timeOfTheMachine = "NewExpression[callee.name='Date'][arguments.length=0], MemberExpression[object.name='Date'][property.name='now']";
/** Libraries take the instant as an argument. */
const noClock = { selector: timeOfTheMachine, message: 'There is no clock here: take the instant as an argument.' };
/** In a training workspace case time goes faster than the machine's: whoever wants to know the time must say which. */
const asksTheClock = {
  selector: timeOfTheMachine,
  message: 'Ask the Clock: now() is case time, machineNow() is for sessions, forms and files (libs/clock).',
};
const noDice = {
  selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
  message: 'The domain has no dice: take the bytes.',
};

/** Modules are kept from one test file to the next (ADR 0037), so these would do nothing, in silence. */
const noModuleMocks = ['mock', 'doMock', 'unmock', 'setMock', 'resetModules', 'isolateModules', 'isolateModulesAsync'].map((property) => ({
  object: 'jest',
  property,
  message: 'Tests use the real modules, which stay from one test file to the next.',
}));

export default tseslint.config(
  { ignores: ['dist/', 'var/', 'coverage/', 'node_modules/', 'docs/', 'apps/*/public/', 'tools/boundaries/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A Nest module is a class with nothing in it but its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Handlers of Nest and ports are asynchronous by contract, whether or not this one waits.
      '@typescript-eslint/require-await': 'off',
      // Interfaces and type aliases each read better somewhere.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // There is no enum to be unsafe with, and looking for one takes an eighth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Rows are written as object literals: an entity is a row and has no methods.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // Spreading a string is how code points are counted, which is meant.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'no-restricted-syntax': ['error', noEnum, ...noBarrel],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read once, in libs/config, and passed by type.' },
      ],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', { max: 330, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['libs/*/src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noBarrel[0]] },
  },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/index.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, ...noBarrel, noClock, noDice] },
  },
  {
    files: ['libs/{cases,evidence,notify,persistence,vault,web}/src/**/*.ts'],
    ignores: ['**/*spec.ts', '**/index.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, ...noBarrel, noClock] },
  },
  {
    files: ['apps/*/src/**/*.ts'],
    ignores: ['**/*spec.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, ...noBarrel, asksTheClock] },
  },
  {
    files: ['libs/config/src/**/*.ts', 'apps/*/src/main.ts'],
    // A process reads its environment in one place: its first lines hand it to libs/config.
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['apps/operator/src/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: testFiles,
    rules: {
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-restricted-properties': ['error', ...noModuleMocks],
      'no-restricted-syntax': ['error', noEnum, ...noBarrel, noSleepSelector],
      // expect(object.method).toHaveBeenCalled and supertest's untyped bodies.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    files: ['libs/testing/src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noBarrel[0]] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      ecmaVersion: 2024,
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'URLSearchParams',
          'fetch',
          'AbortController',
          'AbortSignal',
          'performance',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'setImmediate',
          'structuredClone',
          'module',
          'require',
          '__dirname',
          'NodeJS',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-empty': ['error', { allowEmptyCatch: false }], 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    // What runs in a browser.
    files: ['libs/web/scripts/**/*.{js,mjs}', 'libs/web/client/**/*.{js,mjs}', 'apps/*/client/**/*.{js,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'window',
          'document',
          'location',
          'history',
          'navigator',
          'sessionStorage',
          'HTMLElement',
          'HTMLFormElement',
          'Event',
          'FormData',
          'getComputedStyle',
          'requestAnimationFrame',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
