import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment } from 'nunjucks';
import { TemplateFiles } from './template-files';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'recourse-templates-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** As an editor writes it, at a second of its own. */
function write(name: string, text: string, second: number): void {
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), second, second);
}

it('a template is kept until its file changes, also one that others include', () => {
  write('page.njk', 'before {% include "part.njk" %}', 1);
  write('part.njk', 'one', 1);
  const templates = new TemplateFiles([folder]);
  const environment = new Environment(templates);
  expect(environment.render('page.njk')).toBe('before one');
  write('part.njk', 'two', 2);
  expect(environment.render('page.njk')).toBe('before one');
  templates.forgetChanged();
  expect(environment.render('page.njk')).toBe('before two');
  write('page.njk', 'after {% include "part.njk" %}', 3);
  templates.forgetChanged();
  expect(environment.render('page.njk')).toBe('after two');
});

it('a template that is gone is missed, and what did not change is not read again', () => {
  write('page.njk', 'here', 1);
  write('other.njk', 'other', 1);
  const templates = new TemplateFiles([folder]);
  const loaded: string[] = [];
  templates.on('load', (name: string) => loaded.push(name));
  const environment = new Environment(templates);
  for (const name of ['page.njk', 'other.njk']) environment.render(name);
  rmSync(join(folder, 'page.njk'));
  templates.forgetChanged();
  expect(() => environment.render('page.njk')).toThrow('template not found');
  expect(environment.render('other.njk')).toBe('other');
  expect(loaded).toEqual(['page.njk', 'other.njk']);
});
