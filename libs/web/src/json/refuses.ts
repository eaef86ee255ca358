import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath, type ApiResponseCommonMetadata } from '@nestjs/swagger';
import { ProblemAnswer } from './problem-answer';

/**
 * Describes a refusal of an operation, or of all of a controller: problem JSON with one of these codes.
 * @param status of HTTP
 * @param codes each with what it means, empty where the word says it
 * @param headers that come with it
 */
export function Refuses(
  status: number,
  codes: Readonly<Record<string, string>>,
  headers: NonNullable<ApiResponseCommonMetadata['headers']> = {},
): ClassDecorator & MethodDecorator {
  const lines = Object.entries(codes).map(([code, meaning]) => (meaning === '' ? `\`${code}\`` : `\`${code}\`: ${meaning}`));
  const schema = {
    allOf: [{ $ref: getSchemaPath(ProblemAnswer) }, { type: 'object', properties: { code: { type: 'string', enum: Object.keys(codes) } } }],
  };
  return applyDecorators(
    ApiExtraModels(ProblemAnswer),
    ApiResponse({ status, description: lines.join('; '), headers, content: { 'application/problem+json': { schema } } }),
  );
}

/** The records cannot be reached: for `Refuses(503, outage)`. */
export const outage = { unavailable: 'nothing was stored; try again' };

/** A parameter in an address that takes none: for `Refuses(400, unknownParameter)`. */
export const unknownParameter = { body_invalid: 'a parameter is unknown, listed in `errors`' };

/** What every body can be refused for before anybody looks at what it says. */
export function RefusesBodies(codes: Readonly<Record<string, string>> = {}): MethodDecorator {
  return applyDecorators(
    Refuses(400, {
      bad_request: 'not JSON',
      not_utf8: 'another encoding, or half of a surrogate pair',
      body_invalid: 'unknown, missing or wrong fields, listed in `errors`',
      ...codes,
    }),
    Refuses(413, { too_large: '' }),
    Refuses(415, { wrong_type: 'not application/json' }),
  );
}
