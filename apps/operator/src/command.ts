import type { ParseArgsConfig } from 'node:util';
import type { Clock } from '@recourse/clock';
import type { OperatorSettings } from '@recourse/config';

/** Exit codes: as sysexits.h where it has one. */
export const EXIT = { ok: 0, refused: 1, usage: 64, noInput: 66, settings: 78 } as const;

/** What a command works with. */
export interface CommandContext {
  /** Reads the settings when they are needed: checking a procedure needs none. Throws SettingsError. */
  readonly settings: () => OperatorSettings;
  /** A line on standard output: results, and nothing else. */
  readonly say: (line: string) => void;
  /** A line on standard error: progress, refusals and advice. */
  readonly note: (line: string) => void;
  /** A secret typed without echo at a terminal, or the next line of standard input. */
  readonly askSecret: (question: string) => Promise<string>;
  /** Looked at when it is needed: in a training workspace it comes from the settings. */
  readonly clock: () => Clock;
}

/** What was given on the command line. */
export interface Given {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** One command of the operator. */
export interface Command {
  /** For instance `procedure check`. */
  readonly name: string;
  /** What follows the name, for the help. */
  readonly usage: string;
  readonly summary: string;
  /** Further lines of the help. */
  readonly help?: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Options that must be given. */
  readonly required?: readonly string[];
  /** How many words must follow: at least, at most. */
  readonly words?: readonly [number, number];
  /** @returns exit code */
  readonly run: (context: CommandContext, given: Given) => Promise<number>;
}

/** The text of an option that was declared with `type: 'string'`, or undefined. */
export function textOf(given: Given, option: string): string | undefined {
  const value = given.values[option];
  return typeof value === 'string' ? value : undefined;
}

/** The text of an option listed in `required`. */
export function requiredText(given: Given, option: string): string {
  const value = textOf(given, option);
  if (value === undefined) {
    throw new Error(`the option --${option} was not checked`);
  }
  return value;
}
