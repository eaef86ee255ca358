import { operatorSettings } from '@recourse/config';
import type { Clock } from '@recourse/clock';
import { StandingClock, type TestDatabase } from '@recourse/testing';
import type { CommandContext } from '../src/command';
import { commands } from '../src/commands';
import { runCommand } from '../src/run-command';

/** How a command is run. */
export interface Operation {
  readonly database: Pick<TestDatabase, 'urlOf'>;
  /** Or the instant at which it stands. */
  readonly clock: Clock | Date;
  /** What is typed when it asks, in this order. */
  readonly secrets?: readonly string[];
  /** Settings besides the addresses of the database. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a command answered: lines for programs, and lines for people. */
export interface Answer {
  readonly code: number;
  readonly said: string;
  readonly noted: string;
}

/** Runs a command on a test's database, as the command line would. */
export async function operate(words: readonly string[], { database, clock, secrets = [], environment = {} }: Operation): Promise<Answer> {
  const said: string[] = [];
  const noted: string[] = [];
  const left = [...secrets];
  const context: CommandContext = {
    settings: () =>
      operatorSettings({
        RECOURSE_MODE: 'test',
        RECOURSE_DATABASE_URL: database.urlOf('owner'),
        RECOURSE_INTAKE_DATABASE_URL: database.urlOf('intake'),
        RECOURSE_CASEWORK_DATABASE_URL: database.urlOf('casework'),
        RECOURSE_WORKER_DATABASE_URL: database.urlOf('worker'),
        ...environment,
      }),
    say: (line) => said.push(line),
    note: (line) => noted.push(line),
    askSecret: async () => left.shift() ?? '',
    clock: () => (clock instanceof Date ? new StandingClock(clock) : clock),
  };
  return { code: await runCommand(commands, words, context), said: said.join('\n'), noted: noted.join('\n') };
}
