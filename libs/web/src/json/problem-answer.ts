import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { Problem } from './problem';

/** {@link Problem} as the OpenAPI documents describe it. */
@ApiSchema({
  name: 'Problem',
  description:
    'Problem details (RFC 9457). `code` is for programs and does not change; `title` is for people, in the language of Accept-Language.',
})
export class ProblemAnswer implements Problem {
  @ApiProperty({ type: String, example: 'about:blank' })
  type!: 'about:blank';

  @ApiProperty()
  title!: string;

  @ApiProperty()
  status!: number;

  @ApiProperty({ example: 'body_invalid' })
  code!: string;

  @ApiPropertyOptional({
    type: 'array',
    items: {
      type: 'object',
      required: ['field', 'code', 'message'],
      properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
    },
  })
  errors?: { field: string; code: string; message: string }[];
}
