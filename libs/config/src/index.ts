export { type ProcessName, type SettingName } from './declarations';
export { projectRoot } from './project-root';
export { type Environment, problemsWithNames } from './read-settings';
export {
  type CaseworkSettings,
  caseworkSettings,
  type IntakeSettings,
  intakeSettings,
  type OperatorSettings,
  operatorSettings,
  settingNames,
  settingsOrExit,
  type WorkerSettings,
  workerSettings,
} from './settings';
export { envExample, settingsTable } from './settings-documents';
export { type SettingProblem, SettingsError } from './settings-error';
