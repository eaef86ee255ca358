import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { Languages } from './languages';

/** `t('layout.back')`, `tHtml('…', …)`, `said('…')`, `say('…')`: keys written out, not put together. */
const namedKey = /\b(?:t|tHtml|said|say)\(\s*'([\w-]+(?:\.[\w-]+)+)'\s*[,)]/g;

function filesUnder(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(njk|ts)$/.test(file) && !file.endsWith('spec.ts'))
    .map((file) => join(folder, file));
}

describe('the keys that templates and code name', () => {
  const languages = Languages.load(['en', 'ar']);
  const files = ['apps/intake', 'apps/casework', 'libs/web/views'].flatMap(filesUnder);
  const named = files.flatMap((file) => {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    return [...text.matchAll(namedKey)].map(([, key]) => ({ file, key: key ?? '' }));
  });

  it('are found at all', () => {
    expect(named.length).toBeGreaterThan(100);
  });

  it('are none of the staff where the public door names them: it does not read those', () => {
    const open = Languages.load(['en', 'ar'], { leavesOut: 'casework-' });
    expect(named.filter(({ file, key }) => file.startsWith('apps/intake') && !open.knows(key))).toEqual([]);
    const mentions = filesUnder('apps/intake').filter((file) => /['"`]casework-/.test(readFileSync(join(projectRoot, file), 'utf8')));
    // Which texts it leaves out, it says.
    expect(mentions).toEqual(['apps/intake/src/intake.module.ts']);
  });

  it('all exist', () => {
    expect(named.filter(({ key }) => !languages.knows(key)).map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  });
});
