import { type Environment, readSettings, type SettingsOf } from './read-settings';
import { SettingsError } from './settings-error';
import { declaredSettings, type ProcessName } from './declarations';

/** What the public door may know. */
export type IntakeSettings = SettingsOf<'intake'>;
/** What the rooms of the staff may know. */
export type CaseworkSettings = SettingsOf<'casework'>;
/** What the worker may know. */
export type WorkerSettings = SettingsOf<'worker'>;
/** What the operator's command line may know; of other processes' secrets only what the operator gives it. */
export type OperatorSettings = SettingsOf<'operator'>;

/**
 * Settings of the public door.
 * @param env the environment; read once, at start
 * @throws SettingsError with every mistake at once
 */
export const intakeSettings = (env: Environment): IntakeSettings => readSettings('intake', env);

/** Settings of the rooms of the staff; as `intakeSettings`. */
export const caseworkSettings = (env: Environment): CaseworkSettings => readSettings('casework', env);

/** Settings of the worker; as `intakeSettings`. */
export const workerSettings = (env: Environment): WorkerSettings => readSettings('worker', env);

/** Settings of the operator's command line; as `intakeSettings`. */
export const operatorSettings = (env: Environment): OperatorSettings => readSettings('operator', env);

/**
 * For the first lines of a process: its settings, or the mistakes on standard error and the exit code for them (EX_CONFIG of sysexits.h).
 * @param read one of the four functions above
 * @param env `process.env`
 */
export function settingsOrExit<S>(read: (env: Environment) => S, env: Environment): S {
  try {
    return read(env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

/**
 * The names of the settings that are given to a process: whoever starts it passes these and nothing else of ours.
 * @param program which one
 */
export function settingNames(program: ProcessName): readonly string[] {
  return declaredSettings.filter(([, { givenTo }]) => givenTo[program] !== undefined).map(([name]) => name);
}
