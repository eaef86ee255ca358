import { PublishProcedure, RuleBook, shippedCalendarCodes } from '@recourse/cases';
import { compareProcedures, differenceSentence, parseProcedure, type Procedure } from '@recourse/domain';
import { EXIT, textOf, type Command, type CommandContext, type Given } from '../command';
import { readDocument, tellProblems } from '../documents';
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
    const document = await readDocument(context, file);
    if (document === undefined) {
      return EXIT.noInput;
    }
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const result = await new PublishProcedure(dataSource, new RuleBook()).run({ ...document, now: context.now() });
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
  const document = await readDocument(context, file);
  if (document === undefined) {
    return EXIT.noInput;
  }
  const own = textOf(given, 'calendars')?.split(',') ?? [];
  const parsed = parseProcedure(document.text, document.fileName, { calendars: [...(await shippedCalendarCodes()), ...own] });
  return parsed.ok ? parsed.procedure : tellProblems(context, parsed.problems);
}
