/**
 * Whether an error of the file system has one of the codes. Asked of the code alone: in Jest the errors of Node belong to another realm and
 * are no `instanceof Error`.
 * @param {unknown} error
 * @param {...string} codes such as ENOENT
 */
export function isFileError(error, ...codes) {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
