import { Template, TemplateError } from './template';

describe('a template', () => {
  it('replaces every variable', () => {
    const template = Template.parse('en/x.body.txt', 'Case {{ reference }}\n{{link}} and {{ reference }}.\n');
    expect(template.render({ reference: 'RC-1', link: 'http://x' })).toBe('Case RC-1\nhttp://x and RC-1.\n');
    expect([...template.variables]).toEqual([
      ['reference', 1],
      ['link', 2],
    ]);
  });

  it.each([{}, { link: '' }, Object.create({ link: 'inherited' }) as Record<string, string>])(
    'fails with file and line when a value is missing: %p',
    (values) => {
      const template = Template.parse('en/x.body.txt', 'One.\nTwo.\nSee {{ link }}');
      expect(() => template.render(values)).toThrow(new TemplateError('en/x.body.txt', 3, 'no value for {{ link }}'));
    },
  );

  it.each(['{{ two words }}', '{{ }}', 'a }} b', '{{ link', '{{{ link }}}', '{{ a.b }}', '{ link }'])(
    'refuses braces that are not a variable: %s',
    (text) => {
      expect(() => Template.parse('ar/x.body.txt', `one\n${text}`)).toThrow(/^ar\/x\.body\.txt:2: a brace/);
    },
  );

  it('does not look for variables in values', () => {
    expect(Template.parse('f', '{{ a }}').render({ a: '{{ b }}' })).toBe('{{ b }}');
  });
});
