import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../..');

/** Stands for what builds the style sheets: notes that it ran. A source says `change` when it is to change while it is read. */
const ASSETS = `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
const sheet = 'libs/web/scss/public.scss';
if (readFileSync(sheet, 'utf8') === 'change') writeFileSync(sheet, 'changed');
appendFileSync('dist/ran', '.');
`;

describe('a build', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recourse-build-'));
    cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
    for (const file of ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const name of ['scripts', 'images']) mkdirSync(join(folder, 'libs/web', name), { recursive: true });
    write('tools/build-assets.mjs', ASSETS);
    write('libs/web/scss/public.scss', '');
    write('libs/domain/src/word.ts', `export class Word {}`);
    write('libs/domain/src/index.ts', `export { Word } from './word';\nexport const said = 'heard';`);
    write('apps/intake/src/main.ts', `import { said } from '@recourse/domain';\nprocess.stdout.write(said);`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(file: string, text: string): void {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  function node(...parameters: string[]): { readonly code: number | null; readonly printed: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: 'utf8' });
    return { code: status, printed: stdout + stderr };
  }
  const build = () => {
    const file = pathToFileURL(join(folder, 'tools/build.mjs')).href;
    return node(
      '--input-type=module',
      '--eval',
      `try { await (await import('${file}')).build(); } catch (error) { console.log(error.message); process.exitCode = 1; }`,
    );
  };
  const program = () => node('dist/apps/intake/src/main.js');
  const assetsRan = () => readFileSync(join(folder, 'dist/ran'), 'utf8').length;

  it('makes programs that find our libraries by their names', () => {
    expect(build()).toEqual({ code: 0, printed: 'Building …\n' });
    expect(program()).toEqual({ code: 0, printed: 'heard' });
  });

  it('writes down which classes a constructor takes: Nest gives them by that', () => {
    write('libs/domain/src/index.ts', `export { Word } from './word';`);
    write(
      'apps/intake/src/main.ts',
      `import 'reflect-metadata';
       import { Injectable } from '@nestjs/common';
       import { Word } from '@recourse/domain';
       @Injectable()
       class Speaker { constructor(readonly word: Word) {} }
       process.stdout.write(String(Reflect.getMetadata('design:paramtypes', Speaker)[0] === Word));`,
    );
    expect([build().code, program()]).toEqual([0, { code: 0, printed: 'true' }]);
  });

  it('is made again when a source has changed, and only then; style sheets only when theirs has', () => {
    build();
    expect(build()).toEqual({ code: 0, printed: '' });
    write('libs/domain/src/index.ts', `export const said = 'heard again';`);
    expect(build().printed).toBe('Building …\n');
    expect(program().printed).toBe('heard again');
    expect(assetsRan()).toBe(1);
  });

  it('is made again when a source changed while it was made', () => {
    write('libs/web/scss/public.scss', 'change');
    build();
    build();
    expect(build()).toEqual({ code: 0, printed: '' });
    expect(assetsRan()).toBe(2);
  });

  it('leaves nothing of a source that is gone', () => {
    build();
    expect(existsSync(join(folder, 'dist/libs/domain/src/word.js'))).toBe(true);
    rmSync(join(folder, 'libs/domain/src/word.ts'));
    write('libs/domain/src/index.ts', `export const said = 'heard';`);
    build();
    expect(existsSync(join(folder, 'dist/libs/domain/src/word.js'))).toBe(false);
    expect(program().printed).toBe('heard');
  });

  it('fails in the words of the compiler when a type is wrong, until it is put right', () => {
    write('apps/intake/src/main.ts', `import { said } from '@recourse/domain';\nexport const long: number = said;`);
    for (const { code, printed } of [build(), build()]) {
      expect(code).toBe(1);
      expect(printed).toContain(`apps/intake/src/main.ts(2,14): error TS2322: Type 'string' is not assignable to type 'number'.`);
      expect(printed).toContain('The build failed in node_modules/typescript-native/bin/tsc; its message is above.');
    }
    write('apps/intake/src/main.ts', `import { said } from '@recourse/domain';\nprocess.stdout.write(said);`);
    expect([build().code, program().printed]).toEqual([0, 'heard']);
  });
});
