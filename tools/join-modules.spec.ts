import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { joinModules } from './join-modules.mjs';

describe('joinModules', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'modules-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function given(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  it('puts what is imported before what imports it, once', () => {
    given('entry.mjs', "import { a } from './a.mjs';\nimport { b } from 'pack/b.mjs';\na(b);\n");
    given('a.mjs', "import { b } from 'pack/b.mjs';\nexport function a() { return b; }\n");
    given('node_modules/pack/b.mjs', 'const b = 1;\nexport { b };\n//# sourceMappingURL=b.mjs.map\n');
    const lines = joinModules(join(root, 'entry.mjs'), root).split('\n');
    expect(lines.filter((line) => line !== '')).toEqual(['const b = 1;', 'function a() { return b; }', 'a(b);']);
  });

  it.each(["import * as a from './a.mjs';", "import { a as b } from './a.mjs';", 'export default 1;', "export * from './a.mjs';"])(
    'refuses %s',
    (line) => {
      given('entry.mjs', line);
      given('a.mjs', 'const a = 1;\nexport { a };');
      expect(() => joinModules(join(root, 'entry.mjs'), root)).toThrow('cannot join');
    },
  );

  it('refuses two things of one name', () => {
    given('entry.mjs', "import { a } from './a.mjs';\nconst hidden = a;\n");
    given('a.mjs', 'const hidden = 1;\nexport const a = hidden;\n');
    expect(() => joinModules(join(root, 'entry.mjs'), root)).toThrow('"hidden" is also declared');
  });
});
