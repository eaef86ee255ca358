/** HTTP status of a refusal by its code: what is not there or not yours is 404, what cannot be read is 422, the rest is a conflict. */
export function refusalStatus(code: string): 404 | 409 | 422 {
  if (code === 'not_found') return 404;
  return code.endsWith('_invalid') || code === 'key_not_a_uuid' ? 422 : 409;
}
