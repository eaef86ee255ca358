import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ALL_NOTIFICATION_KINDS, NOTIFICATION_KINDS, recipientKindOf } from './notification-kinds';
import { TemplateCatalogue, TemplateCatalogueError } from './template-catalogue';

const SHIPPED = join(__dirname, '../templates');

function sample(kind: keyof typeof NOTIFICATION_KINDS): Record<string, string> {
  return Object.fromEntries(NOTIFICATION_KINDS[kind].params.map((name) => [name, `<${name}>`]));
}

describe('the shipped templates', () => {
  const catalogue = new TemplateCatalogue(SHIPPED, ['en', 'ar']);

  it.each(ALL_NOTIFICATION_KINDS.flatMap((kind) => ['en', 'ar'].map((language) => ({ kind, language }))))(
    'write $kind in $language with every parameter used',
    ({ kind, language }) => {
      const { subject, body } = catalogue.render(kind, language, sample(kind) as never);
      expect(subject).not.toBe('');
      expect(body.endsWith('\n')).toBe(true);
      for (const name of NOTIFICATION_KINDS[kind].params) {
        expect(`${subject}\n${body}`).toContain(`<${name}>`);
      }
    },
  );

  it('give the neutral mail nothing that could name the institution or the case', () => {
    expect(NOTIFICATION_KINDS.complainant_something_to_read_neutral.params).toEqual([]);
    for (const language of ['en', 'ar']) {
      const { subject, body } = catalogue.render('complainant_something_to_read_neutral', language, {});
      expect(`${subject}\n${body}`).not.toMatch(/https?:|RC-|complaint|شكوى/i);
    }
  });

  it('never give a complainant a reference or a link of their own', () => {
    const kinds = ALL_NOTIFICATION_KINDS.filter((kind) => recipientKindOf(kind) === 'complainant');
    expect(kinds.length).toBeGreaterThan(0);
    for (const kind of kinds) {
      expect(NOTIFICATION_KINDS[kind].params).not.toContain('reference');
      expect(NOTIFICATION_KINDS[kind].params).not.toContain('link');
    }
  });

  it('serve a regional language by its base, and an unknown one by the first', () => {
    expect(catalogue.languageFor('ar-EG')).toBe('ar');
    expect(catalogue.languageFor('ar')).toBe('ar');
    expect(catalogue.languageFor('sw')).toBe('en');
  });

  it('have a line for mails of a training workspace, in every language', () => {
    expect(catalogue.trainingLine('en')).toBe('Training: nothing in this mail is real.');
    expect(catalogue.trainingLine('ar')).toMatch(/^تدريب: .*\.$/);
    expect(() => catalogue.trainingLine('sw')).toThrow('sw/training.txt');
  });

  it('refuse a parameter that would make a second subject line', () => {
    expect(() => catalogue.render('staff_new_complaint', 'en', { reference: 'RC-1\r\nBcc: x@example.org', link: 'x' })).toThrow(
      /en\/staff_new_complaint\.subject\.txt:1: a subject is one line/,
    );
  });
});

describe('the boot check', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recourse-templates-'));
    cpSync(SHIPPED, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lists every missing file, wrong variable and stray file at once', () => {
    rmSync(join(folder, 'ar/staff_new_complaint.body.txt'));
    writeFileSync(join(folder, 'ar/training.txt'), '\n');
    writeFileSync(join(folder, 'en/staff_clock_warning.body.txt'), 'Case {{ reference }}\n{{ narrative }}\n');
    writeFileSync(join(folder, 'en/staff_clock_waning.body.txt'), 'misspelt');
    writeFileSync(join(folder, 'en/staff_clock_ran_out.subject.txt'), '{{ not one }}');
    try {
      new TemplateCatalogue(folder, ['en', 'ar']);
      throw new Error('it accepted them');
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateCatalogueError);
      expect((error as TemplateCatalogueError).problems).toEqual([
        'en/staff_clock_warning.body.txt:2: staff_clock_warning has no parameter {{ narrative }}',
        'en/staff_clock_ran_out.subject.txt:1: a brace that is not part of a {{ variable }}',
        'en/staff_clock_waning.body.txt: belongs to no kind of notification',
        'ar/staff_new_complaint.body.txt: missing',
        'ar/training.txt: one line is wanted',
      ]);
    }
  });

  it('refuses a language that has no folder', () => {
    expect(() => new TemplateCatalogue(folder, ['en', 'fr'])).toThrow(/fr: no folder with templates/);
  });
});
