import type { ApiPropertyOptions } from '@nestjs/swagger';

/** A wording of a procedure: a map from BCP 47 tags to texts. */
export const wording: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'By BCP 47 tag.',
  example: { en: 'Received' },
};

/** A code with its wording. */
export interface NamedCode {
  readonly code: string;
  readonly name: Readonly<Record<string, string>>;
}

/** A list of {@link NamedCode}. */
export const namedCodes: ApiPropertyOptions = {
  type: 'array',
  items: {
    type: 'object',
    required: ['code', 'name'],
    properties: { code: { type: 'string' }, name: { type: 'object', additionalProperties: { type: 'string' } } },
  },
};
