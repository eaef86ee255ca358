import { IsEmail, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { formPage } from './form-page';
import { Many, readForm, refuseForm, type CrossChecked, type FormCircumstances } from './read-form';
import { said, type FieldProblem } from './said';
import { Verbatim } from './typed-values';

class DemoForm implements CrossChecked {
  @MaxLength(20, said('demo.narrative.too_long', { max: 20 }))
  @IsNotEmpty(said('demo.narrative.empty'))
  narrative!: string;

  @IsEmail()
  @IsOptional()
  email?: string;

  @IsIn(['pay', 'force'], { each: true })
  @Many()
  topics: string[] = [];

  @IsString()
  @IsOptional()
  @Verbatim()
  password?: string;

  crossCheck({ today }: FormCircumstances): FieldProblem[] {
    return today === '2026-11-24' && this.email === 'late@example.org' ? [{ field: 'email', key: 'demo.email.late', params: {} }] : [];
  }
}

const read = (body: Record<string, string | string[]>, today?: string) => readForm(DemoForm, body, today ? { today } : {});

describe('readForm', () => {
  it('gives the form when everything is right', () => {
    const reading = read({ narrative: 'They hit us', email: '', topics: 'force', _csrf: 'x' });
    expect(reading).toEqual({ ok: true, form: Object.assign(new DemoForm(), { narrative: 'They hit us', topics: ['force'] }) });
  });

  it('keeps what was typed and says the first rule that fails, field by field in their order', () => {
    const reading = read({ email: 'nobody', narrative: 'x'.repeat(21), topics: ['pay', 'other'] });
    expect(reading).toEqual({
      ok: false,
      values: { email: 'nobody', narrative: 'x'.repeat(21), topics: ['pay', 'other'] },
      errors: [
        { field: 'narrative', key: 'demo.narrative.too_long', params: { max: 20 }, href: '#narrative' },
        { field: 'email', key: 'forms.isEmail', params: {}, href: '#email' },
        { field: 'topics', key: 'forms.isIn', params: {}, href: '#topics' },
      ],
    });
  });

  it.each([{}, { narrative: '' }, { narrative: ' \r\n ' }])('says that %j is empty', (body) => {
    expect(read(body)).toMatchObject({ ok: false, errors: [{ key: 'demo.narrative.empty' }] });
  });

  it('refuses a field that the form does not have', () => {
    const reading = read({ narrative: 'a', role: 'director' });
    expect(reading).toMatchObject({ ok: false, errors: [{ field: 'role', key: 'forms.unknown_field', href: undefined }] });
  });

  it.each(['__proto__', 'constructor', 'crossCheck'])('refuses a field called %s without tripping over it', (name) => {
    const reading = read(JSON.parse(`{"narrative":"a","${name}":"b"}`) as Record<string, string>);
    expect(reading.ok).toBe(false);
    expect(({} as Record<string, unknown>).b).toBeUndefined();
  });

  it('counts a line end once, as the person does', () => {
    expect(read({ narrative: `${'x'.repeat(18)}\r\nx` })).toMatchObject({ ok: true, form: { narrative: `${'x'.repeat(18)}\nx` } });
  });

  it('takes a repeated text field for a mistake, not for a list', () => {
    expect(read({ narrative: 'a', email: ['a@example.org', 'b@example.org'] }).ok).toBe(false);
  });

  it('looks at fields together', () => {
    const reading = read({ narrative: 'a', email: 'late@example.org' }, '2026-11-24');
    expect(reading).toMatchObject({ ok: false, errors: [{ field: 'email', key: 'demo.email.late', href: '#email' }] });
  });

  it('takes a password as it is and never gives it back', () => {
    expect(read({ narrative: 'a', password: ' p\u202Ew ' })).toMatchObject({ ok: true, form: { password: ' p\u202Ew ' } });
    expect(read({ narrative: '', password: 'secret' })).toMatchObject({ ok: false, values: { narrative: '' } });
    expect(JSON.stringify(read({ narrative: '', password: 'secret' }))).not.toContain('secret');
  });
});

describe('formPage', () => {
  it('is empty, filled, or what was refused', () => {
    expect(formPage()).toEqual({ values: {}, errors: [] });
    expect(formPage({ email: 'a' })).toEqual({ values: { email: 'a' }, errors: [] });
    const refusal = refuseForm({ email: 'a' }, { field: 'email', key: 'k', params: {} });
    expect(formPage(refusal)).toEqual({ values: { email: 'a' }, errors: [{ field: 'email', key: 'k', params: {}, href: '#email' }] });
  });
});
