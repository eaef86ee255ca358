/** One mistake in the settings. Its message never contains the value of a secret. */
export interface SettingProblem {
  /** The name in the environment. */
  readonly name: string;
  /** A whole sentence. */
  readonly message: string;
}

/** All mistakes in the settings of a process at once. The message is written for the operator and complete without a stack. */
export class SettingsError extends Error {
  /**
   * @param program whose settings they are
   * @param problems at least one
   */
  constructor(
    program: string,
    readonly problems: readonly SettingProblem[],
  ) {
    const list = problems.map((problem) => `  - ${problem.message}`).join('\n');
    super(
      `${program} does not start, its settings need attention:\n${list}\nEvery setting is explained in docs/generated/settings.md and .env.example.`,
    );
    this.name = 'SettingsError';
  }
}
