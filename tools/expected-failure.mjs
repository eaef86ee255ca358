/**
 * Something a person can put right: a port that is taken, a folder that cannot be written. Its message is shown alone, without a stack.
 * Everything else that is thrown is a bug and is shown with its stack.
 */
export class ExpectedFailure extends Error {
  /**
   * @param {string} message whole sentences, naming the setting or the file to change
   * @param {number} exitCode of the process that ends because of it
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
    this.name = 'ExpectedFailure';
  }
}

/**
 * Prints an error as it deserves and says how the process should end.
 * @param {unknown} error
 * @returns {number} exit code
 */
export function report(error) {
  if (error instanceof ExpectedFailure) process.stderr.write(`\n${error.message}\n\n`);
  else process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n`);
  return error instanceof ExpectedFailure ? error.exitCode : 1;
}
