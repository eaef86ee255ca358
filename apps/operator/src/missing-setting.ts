/** A setting that this command needs and other commands do without. */
export class MissingSetting extends Error {
  constructor(readonly setting: string) {
    super(`${setting} is missing. This command needs it.`);
    this.name = 'MissingSetting';
  }
}

/**
 * A setting that may be absent for other commands.
 * @throws MissingSetting
 */
export function needed<T>(value: T | undefined, setting: string): T {
  if (value === undefined) {
    throw new MissingSetting(setting);
  }
  return value;
}
