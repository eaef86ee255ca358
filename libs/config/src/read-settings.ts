import { join } from 'node:path';
import { inspect } from 'node:util';
import { type Declaration, declarations, declaredSettings, type ProcessName, type SettingName, testSettingNames } from './declarations';
import { nearestName } from './nearest-name';
import { projectRoot } from './project-root';
import { type SettingProblem, SettingsError } from './settings-error';
import type { SettingType } from './setting-type';

/** The environment of a process, as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Declarations = typeof declarations;
type OptionalFor<P> = P extends 'operator' ? 'optional' | 'required_by_servers' : 'optional';
type ValueOf<D, P> = D extends { type: SettingType<infer T>; absent: { kind: infer K } }
  ? K extends OptionalFor<P>
    ? T | undefined
    : T
  : never;
type PropertyFor<D, P extends ProcessName> = D extends { givenTo: Readonly<Record<P, infer K>> } ? (K extends string ? K : never) : never;

/** What one process may know: a property for each setting that is given to it, and no other. */
export type SettingsOf<P extends ProcessName> = {
  readonly [N in keyof Declarations as PropertyFor<Declarations[N], P>]: ValueOf<Declarations[N], P>;
};

const knownNames: readonly string[] = declaredSettings.map(([name]) => name);

/**
 * Reads the settings of one process, each once, and freezes them.
 * @param program whose settings
 * @param env the environment; an empty value counts as absent
 * @throws SettingsError with every mistake at once: missing, malformed, misspelt, another process's secret
 */
export function readSettings<P extends ProcessName>(program: P, env: Environment): SettingsOf<P> {
  const problems: SettingProblem[] = [...problemsWithNames(env), ...othersSecrets(program, env), ...trainingInProduction(env)];
  const values: Record<string, unknown> = {};
  const secretProperties = new Set<string>();
  for (const [name, declaration] of declaredSettings) {
    const property = declaration.givenTo[program];
    if (property === undefined) continue;
    const reading = readOne(program, name, declaration, env);
    if ('problem' in reading) problems.push(reading.problem);
    else values[property] = reading.value;
    if (declaration.isSecret) secretProperties.add(property);
  }
  if (problems.length > 0) throw new SettingsError(program, problems);
  return Object.freeze(hidingSecrets(values, secretProperties)) as SettingsOf<P>;
}

/**
 * Names in the environment that look like ours and are not, with the one that was probably meant.
 * @param env the environment of any process
 */
export function problemsWithNames(env: Environment): SettingProblem[] {
  const problems: SettingProblem[] = [];
  for (const name of Object.keys(env)) {
    if (knownNames.includes(name) || testSettingNames.includes(name)) continue;
    // A slip in the prefix itself (RECOUSE_MODE) would otherwise silently mean the default.
    if (!/^REC?O/.test(name)) continue;
    const meant = nearestName(name, knownNames);
    if (!name.startsWith('RECOURSE_') && meant === undefined) continue;
    const suggestion = meant === undefined ? '' : ` Did you mean ${meant}?`;
    problems.push({ name, message: `${name} is not a setting.${suggestion}` });
  }
  return problems;
}

function othersSecrets(program: ProcessName, env: Environment): SettingProblem[] {
  // The operator's machine has the whole file of settings.
  if (program === 'operator') return [];
  return declaredSettings
    .filter(([name, { isSecret, givenTo }]) => isSecret && givenTo[program] === undefined && givenText(env, name) !== undefined)
    .map(([name, { givenTo }]) => ({
      name,
      message: `${name} is a secret of ${Object.keys(givenTo).join(' and ')}; ${program} must not know it. Give each process only its own settings.`,
    }));
}

/** Looks at the text alone, so that it is told together with everything else. A mode that is absent or misspelt counts as production. */
function trainingInProduction(env: Environment): SettingProblem[] {
  const mode = givenText(env, 'RECOURSE_MODE');
  if (mode === 'development' || mode === 'test') return [];
  return declaredSettings
    .filter(([name, { isForTraining }]) => isForTraining === true && givenText(env, name) !== undefined)
    .map(([name]) => ({
      name,
      message: `${name} is for training alone, and RECOURSE_MODE is production: real cases go by the real time.`,
    }));
}

function readOne(
  program: ProcessName,
  name: SettingName,
  declaration: Declaration,
  env: Environment,
): { value: unknown } | { problem: SettingProblem } {
  const { absent } = declaration;
  const text = givenText(env, name) ?? textWhenAbsent(declaration, env);
  if (text === undefined) {
    const isMissed = absent.kind === 'required' || (absent.kind === 'required_by_servers' && program !== 'operator');
    return isMissed ? { problem: { name, message: `${name} is missing. ${declaration.says}` } } : { value: undefined };
  }
  const reading = declaration.type.read(text, { baseFolder: projectRoot });
  if (reading.ok) return { value: reading.value };
  const was = declaration.isSecret ? 'has a value in the wrong form' : `is ${JSON.stringify(shorten(text))}`;
  return { problem: { name, message: `${name} ${was}; expected ${reading.expected}.` } };
}

function textWhenAbsent({ absent }: Declaration, env: Environment): string | undefined {
  if (absent.kind === 'default') return absent.text;
  if (absent.kind === 'in_data_dir')
    return join(givenText(env, 'RECOURSE_DATA_DIR') ?? declarations.RECOURSE_DATA_DIR.absent.text, absent.text);
  return undefined;
}

function givenText(env: Environment, name: SettingName): string | undefined {
  const text = env[name]?.trim() ?? '';
  return text === '' ? undefined : text;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Someone will log the settings one day: secrets are left out of JSON and of Node's own display. */
function hidingSecrets(values: Record<string, unknown>, secret: ReadonlySet<string>): Record<string, unknown> {
  const shown = () => Object.fromEntries(Object.entries(values).map(([property, value]) => [property, hide(property, value)]));
  const hide = (property: string, value: unknown) => (secret.has(property) && value !== undefined ? '(secret)' : value);
  Object.defineProperty(values, 'toJSON', { value: shown });
  Object.defineProperty(values, inspect.custom, { value: shown });
  return values;
}
