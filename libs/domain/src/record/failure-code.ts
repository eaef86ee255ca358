const CODE = /^[a-z0-9_]{1,64}$/;

/**
 * A code that says what went wrong without repeating any text: messages of databases and mail servers quote addresses and values.
 * @param error anything that was thrown
 * @returns `snake_case`, at most 64 characters; `unexpected` when nothing safe is known
 */
export function failureCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') {
    return 'unexpected';
  }
  // SQLSTATE values are five characters of digits and capitals (PostgreSQL, appendix A); socket codes look like ECONNREFUSED.
  const code = /^[0-9A-Z]{5}$/.test(error.code) ? `sqlstate_${error.code}` : error.code;
  const lower = code.toLowerCase();
  return CODE.test(lower) ? lower : 'unexpected';
}
