import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { PublishProcedure, RuleBook, shippedCalendarCodes } from '@recourse/cases';
import { compareProcedures, differenceSentence, formatProblem, parseProcedure, type Problem, type Procedure } from '@recourse/domain';
import { EXIT, textOf, type Command, type CommandContext, type Given } from '../command';
import { withDatabase } from '../with-database';

const NEEDS_NO_DATABASE = 'It needs no database. Name calendars of your own that are published besides those that ship with Recourse.';

/** Proves a procedure. */
export const procedureCheck: Command = {
  name: 'procedure check',
  usage: 'FILE [--calendars CODE,CODE]',
  summary: 'Prove that no case can get stuck or be forgotten under a procedure; list every mistake with its line.',
  help: NEEDS_NO_DATABASE,
  options: { calendars: { type: 'string' } },
  words: [1, 1],
  run: async (context, given) => {
    const [file = ''] = given.positionals;
    const proved = await readProcedure(context, file, given);
    if (typeof proved === 'number') {
      return proved;
    }
    const { procedure, version, stages, actions } = proved;
    context.say(`${procedure}, version ${version}: ${stages.length} stages, ${actions.length} actions, no mistakes.`);
    return EXIT.ok;
  },
};

/** Compares two versions. */
export const procedureDiff: Command = {
  name: 'procedure diff',
  usage: 'OLD.yaml NEW.yaml [--calendars CODE,CODE]',
  summary: 'Say in words what is different in the newer of two versions of a procedure.',
  help: NEEDS_NO_DATABASE,
  options: { calendars: { type: 'string' } },
  words: [2, 2],
  run: async (context, given) => {
    const [oldFile = '', newFile = ''] = given.positionals;
    const before = await readProcedure(context, oldFile, given);
    if (typeof before === 'number') {
      return before;
    }
    const after = await readProcedure(context, newFile, given);
    if (typeof after === 'number') {
      return after;
    }
    const differences = compareProcedures(before, after);
    differences.map(differenceSentence).forEach(context.say);
    context.note(
      `${before.procedure}, version ${before.version}, and ${after.procedure}, version ${after.version}: ${differences.length} differences.`,
    );
    return EXIT.ok;
  },
};

/** Publishes a procedure. */
export const procedurePublish: Command = {
  name: 'procedure publish',
  usage: 'FILE',
  summary: 'Publish a procedure as an immutable version. New cases begin on it; running ones stay on theirs.',
  options: {},
  words: [1, 1],
  run: async (context, { positionals: [file = ''] }) => {
    const text = await read(context, file);
    if (text === undefined) {
      return EXIT.noInput;
    }
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const result = await new PublishProcedure(dataSource, new RuleBook()).run({ text, fileName: basename(file), now: context.now() });
      if (result.ok) {
        context.say(
          `${result.procedure}, version ${result.version}: ${result.published ? 'published.' : 'exactly this is published already.'}`,
        );
        return EXIT.ok;
      }
      if (result.code === 'invalid') {
        return tellProblems(context, result.problems);
      }
      context.note(
        `${result.procedure}, version ${result.version} is published with other content. A published version never changes: give yours the next number.`,
      );
      return EXIT.refused;
    });
  },
};

/** @returns the exit code when the file cannot be read or proves wrong; that was told */
async function readProcedure(context: CommandContext, file: string, given: Given): Promise<Procedure | number> {
  const text = await read(context, file);
  if (text === undefined) {
    return EXIT.noInput;
  }
  const own = textOf(given, 'calendars')?.split(',') ?? [];
  const parsed = parseProcedure(text, basename(file), { calendars: [...(await shippedCalendarCodes()), ...own] });
  return parsed.ok ? parsed.procedure : tellProblems(context, parsed.problems);
}

async function read({ note }: CommandContext, file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    note(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`);
    return undefined;
  }
}

function tellProblems({ say, note }: CommandContext, problems: readonly Problem[]): number {
  problems.map(formatProblem).forEach(say);
  note(problems.length === 1 ? 'One mistake.' : `${problems.length} mistakes.`);
  return EXIT.refused;
}
