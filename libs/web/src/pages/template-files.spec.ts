import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment } from 'nunjucks';
import { environmentOptions, TemplateFiles } from './template-files';

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
  const environment = new Environment(templates, environmentOptions());
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
  const environment = new Environment(templates, environmentOptions());
  for (const name of ['page.njk', 'other.njk']) environment.render(name);
  rmSync(join(folder, 'page.njk'));
  templates.forgetChanged();
  expect(() => environment.render('page.njk')).toThrow('template not found');
  expect(environment.render('other.njk')).toBe('other');
  expect(loaded).toEqual(['page.njk', 'other.njk']);
});

it('says where a template is broken, also one that others include', () => {
  write('page.njk', 'before {% include "part.njk" %}', 1);
  write('part.njk', 'first\n{% if %}', 1);
  const environment = new Environment(new TemplateFiles([folder]), environmentOptions());
  for (const name of ['page.njk', 'part.njk']) expect(() => environment.render(name)).toThrow(/part\.njk.*\[Line 2/s);
});

it('two environments share what is compiled, and each sees what it was given', () => {
  write('page.njk', '{% block title %}{{ word }}{% endblock %} {{ 1 | shown }} {{ "<" }}', 1);
  write('child.njk', '{% extends "page.njk" %}{% block title %}{{ super() }}!{% endblock %}', 1);
  const pages = ['one', 'two'].map((word) => {
    const environment = new Environment(new TemplateFiles([folder]), environmentOptions());
    environment.addGlobal('word', word);
    environment.addFilter('shown', () => `as ${word}`);
    return () => environment.render('child.njk');
  });
  const [one, other] = [folder, folder].map((place) => new TemplateFiles([place]).getSource('page.njk').src);
  expect(one).toBe(other);
  expect([...pages, ...pages].map((page) => page())).toEqual([
    'one! as one &lt;',
    'two! as two &lt;',
    'one! as one &lt;',
    'two! as two &lt;',
  ]);
});
