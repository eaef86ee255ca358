import { findSetupProblem } from '@recourse/persistence';

/** EX_CONFIG of sysexits.h: something has to be put right, and starting again will not help. A supervisor need not try. */
const EXIT_PUT_RIGHT = 78;

/**
 * Starts a process, or ends it and says why, once. Create the application with `abortOnError: false`, or Nest ends the process first.
 * @param program for instance `intake`
 * @param databaseSetting the setting that names its database, for whoever has to correct it
 * @param start resolves when the process serves
 */
export async function startOrExit(program: string, databaseSetting: string, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const problem = findSetupProblem(error);
    process.stderr.write(
      `The ${program} does not start: ${problem === undefined ? reasonOf(error) : `${problem}. See ${databaseSetting}.`}\n`,
    );
    process.exit(problem === undefined ? 1 : EXIT_PUT_RIGHT);
  }
}

/** What keeps a process from starting is a mistake in settings, templates or code, and its text holds nothing that people wrote. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).replace(/^(Error|QueryFailedError): /, '') : 'for an unknown reason';
}
