import type { OpenAPIObject } from '@nestjs/swagger';

/** The codes with which the operations of an OpenAPI document refuse, each once, sorted. They stand where `Refuses` puts them. */
export function describedRefusals({ paths }: OpenAPIObject): readonly string[] {
  return [...new Set(Object.values(paths).flatMap(refusalsIn))].sort();
}

function refusalsIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { code } = part as { readonly code?: { readonly enum?: readonly string[] } };
  return [...(code?.enum ?? []), ...Object.values(part).flatMap(refusalsIn)];
}
