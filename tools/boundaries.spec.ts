import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * A rule counts once it has been seen to fail: a small house in which every rule of .dependency-cruiser.cjs is broken once, and in which
 * what is allowed is done as well.
 */

const root = resolve(__dirname, '..');

/** [rule, file that breaks it, what the file imports] */
const breaches: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ['layer-clock', 'libs/clock/src/knows-config.ts', '@recourse/config'],
  ['layer-config', 'libs/config/src/knows-domain.ts', '@recourse/domain'],
  ['layer-domain', 'libs/domain/src/knows-config.ts', '@recourse/config'],
  ['layer-vault', 'libs/vault/src/knows-persistence.ts', '@recourse/persistence'],
  ['layer-notify', 'libs/notify/src/knows-cases.ts', '@recourse/cases'],
  ['layer-messaging', 'libs/messaging/src/knows-persistence.ts', '@recourse/persistence'],
  ['layer-persistence', 'libs/persistence/src/knows-vault.ts', '@recourse/vault'],
  ['layer-evidence', 'libs/evidence/src/knows-persistence.ts', '@recourse/persistence'],
  ['layer-process', 'libs/process/src/knows-web.ts', '@recourse/web'],
  ['layer-web', 'libs/web/src/knows-cases.ts', '@recourse/cases'],
  ['layer-cases', 'libs/cases/src/knows-web.ts', '@recourse/web'],
  ['libraries-know-no-app', 'libs/web/src/knows-app.ts', '../../../apps/intake/src/thing'],
  ['apps-know-no-app', 'apps/casework/src/knows-intake.ts', '../../intake/src/thing'],
  ['no-cycle', 'libs/vault/src/egg.ts', './hen'],
  ['domain-is-pure', 'libs/domain/src/reads-files.ts', 'node:fs'],
  ['domain-is-pure', 'libs/domain/src/has-framework.ts', '@nestjs/common'],
  ['only-vault-seals', 'libs/cases/src/seals.ts', 'sodium-native'],
  ...['clock', 'config', 'domain', 'vault', 'notify', 'messaging', 'persistence', 'evidence', 'process', 'web', 'cases', 'testing'].map(
    (library) => [`through-the-index-of-${library}`, `test/into-${library}.e2e.ts`, `../libs/${library}/src/thing`] as const,
  ),
  ['no-relative-way-into-a-library', 'apps/worker/src/relative.ts', '../../../libs/vault/src/index'],
  ['inside-by-file', 'libs/evidence/src/own-index.ts', './index'],
  ['only-the-worker-has-a-queue', 'libs/cases/src/has-queue.ts', '@recourse/messaging'],
  ['only-the-worker-has-a-queue', 'libs/persistence/src/has-queue.ts', 'bullmq'],
  ['only-the-doors-have-pages', 'apps/worker/src/has-pages.ts', '@recourse/web'],
  ['only-the-doors-have-pages', 'libs/cases/src/has-forms.ts', 'class-validator'],
  ['only-the-doors-have-pages', 'apps/operator/src/has-pages.ts', 'nunjucks'],
  ['testing-is-for-tests', 'apps/worker/src/uses-testing.ts', '@recourse/testing'],
  ['testing-is-for-tests', 'libs/web/src/uses-test-support.ts', '../test-support/page'],
  ['no-development-package-in-product', 'libs/cases/src/uses-fast-check.ts', 'fast-check'],
  ['no-undeclared-package', 'libs/cases/src/uses-undeclared.ts', 'semver'],
  ['everything-resolves', 'libs/cases/src/leads-nowhere.ts', './nowhere'],
];

/** [file, what it imports]: nobody may complain. */
const allowed: readonly (readonly [file: string, imported: string])[] = [
  ['apps/intake/src/main.ts', '@recourse/cases'],
  ['libs/cases/src/use-case.ts', '@recourse/persistence'],
  ['libs/cases/src/tells.ts', '@recourse/notify'],
  ['apps/worker/src/main.ts', '@recourse/messaging'],
  ['apps/intake/src/question.form.ts', 'class-validator'],
  ['libs/cases/src/filing/mail-address.ts', 'validator/lib/isEmail'],
  ['libs/evidence/src/store.ts', '@recourse/vault'],
  ['libs/web/src/form-token.ts', '@recourse/vault'],
  ['libs/web/src/banner.ts', '@recourse/clock'],
  ['libs/web/src/figures.ts', '@recourse/process'],
  ['apps/worker/src/health.ts', '@recourse/process'],
  ['libs/domain/src/procedure.ts', 'yaml'],
  ['libs/domain/src/calendar.ts', 'luxon'],
  ['libs/vault/src/sodium.ts', 'sodium-native'],
  ['libs/cases/src/use-case.int-spec.ts', '@recourse/testing'],
  ['libs/domain/src/rule.spec.ts', 'fast-check'],
  ['libs/web/src/page.http-spec.ts', '../test-support/page'],
  ['test/journey.e2e.ts', '@recourse/testing'],
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

function violations(): ReadonlySet<string> {
  const house = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  try {
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) copyFileSync(join(root, file), join(house, file));
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    for (const library of [
      'clock',
      'config',
      'domain',
      'vault',
      'notify',
      'messaging',
      'persistence',
      'evidence',
      'process',
      'web',
      'cases',
      'testing',
    ]) {
      write(`libs/${library}/src/index.ts`, 'export const index = 1;\n');
      write(`libs/${library}/src/thing.ts`, 'export const thing = 1;\n');
    }
    write('apps/intake/src/thing.ts', 'export const thing = 1;\n');
    write('libs/vault/src/hen.ts', "import * as egg from './egg';\nexport const hen = egg;\n");
    write('libs/web/test-support/page.ts', 'export const page = 1;\n');
    const imports = [...breaches.map(([, file, imported]) => [file, imported] as const), ...allowed];
    for (const [file, imported] of imports) write(file, `import * as it from '${imported}';\nexport const used = it;\n`);
    const run = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        'apps',
        'libs',
        'test',
        '-c',
        '.dependency-cruiser.cjs',
        '-T',
        'json',
      ],
      { cwd: house, encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    const report = JSON.parse(run.stdout) as { summary: { violations: Violation[] } };
    return new Set(report.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`));
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

describe('the boundaries', () => {
  let found: ReadonlySet<string>;
  beforeAll(() => {
    found = violations();
  });

  it.each(breaches)('%s is seen to be broken by %s', (rule, file) => {
    expect([...found]).toContain(`${rule}: ${file}`);
  });

  it.each(allowed)('%s may import %s', (file) => {
    expect([...found].filter((line) => line.endsWith(` ${file}`))).toEqual([]);
  });

  it('have no rule without a breach above', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the tool's own configuration is CommonJS
    const { forbidden } = require('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
    const broken = new Set(breaches.map(([rule]) => rule));
    expect(forbidden.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });
});
