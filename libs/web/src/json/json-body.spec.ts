import { Type } from 'class-transformer';
import { IsEmail, IsNotEmpty, IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Refused } from '../errors/refused';
import { said } from '../forms/said';
import { readJson } from './json-body';

class ContactBody {
  @IsEmail()
  email!: string;
}

class DemoBody {
  @MaxLength(5, said('demo.too_long'))
  @IsNotEmpty()
  @IsString()
  narrative!: string;

  @Type(() => ContactBody)
  @ValidateNested()
  @IsObject()
  @IsOptional()
  contact?: ContactBody;
}

function refusalOf(value: unknown): Refused {
  try {
    readJson(DemoBody, value);
  } catch (error) {
    return error as Refused;
  }
  throw new Error('It was accepted.');
}

describe('readJson', () => {
  it('gives an instance', () => {
    const body = readJson(DemoBody, { narrative: 'abc', contact: { email: 'a@example.org' } });
    expect(body).toBeInstanceOf(DemoBody);
    expect(body.contact).toBeInstanceOf(ContactBody);
  });

  it('names every wrong field by its path and rule', () => {
    const refusal = refusalOf({ narrative: 'abcdef', contact: { email: 'x', phone: '1' }, reference: 'RC-1' });
    expect(refusal.getStatus()).toBe(400);
    expect(refusal.code).toBe('body_invalid');
    expect(refusal.fields.map(({ field, code }) => [field, code])).toEqual(
      expect.arrayContaining([
        ['narrative', 'maxLength'],
        ['contact.email', 'isEmail'],
        ['contact.phone', 'unknown_field'],
        ['reference', 'unknown_field'],
      ]),
    );
  });

  it.each([[[]], [null], ['text'], [undefined], [7]])('refuses %j, which is no object', (value) => {
    expect(refusalOf(value).code).toBe('body_invalid');
  });

  it.each([
    { narrative: 7 },
    { narrative: ['a'] },
    { narrative: { a: 1 } },
    { narrative: 'a', contact: 'x' },
    { narrative: 'a', contact: [] },
  ])('refuses %j', (value) => {
    expect(refusalOf(value).fields.length).toBeGreaterThan(0);
  });

  it('refuses __proto__ and constructor as what they are: unknown', () => {
    expect(refusalOf(JSON.parse('{"narrative":"a","__proto__":{"polluted":1}}')).code).toBe('body_invalid');
    expect(refusalOf(JSON.parse('{"narrative":"a","constructor":{}}')).code).toBe('body_invalid');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
