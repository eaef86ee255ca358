import {
  CheckProcedure,
  NoCalendarPublished,
  PublishProcedure,
  RuleBook,
  shippedCalendarCodes,
  shippedProcedureCodes,
} from '@recourse/cases';
import { SettingsError } from '@recourse/config';
import {
  compareProcedures,
  differenceSentence,
  formatProblem,
  parseProcedure,
  procedureCodeOf,
  type ParsedProcedure,
  type Procedure,
} from '@recourse/domain';
import { findSetupProblem, isDatabaseAway } from '@recourse/persistence';
import { EXIT, textOf, type Command, type CommandContext, type Given } from '../command';
import { readDocument, tellProblems, type GivenDocument } from '../documents';
import { withDatabase } from '../with-database';

const NEEDS_NO_DATABASE = 'It needs no database. Name calendars of your own that are published besides those that ship with Recourse.';

/** An institution has a handful. */
const MOST_TOGETHER = 20;

/** Proves a procedure. */
export const procedureCheck: Command = {
  name: 'procedure check',
  usage: 'FILE… [--calendars CODE,CODE] [--procedures CODE,CODE]',
  summary: 'Prove that no case can get stuck or be forgotten under a procedure; list every mistake with its line.',
  help: [
    'With a database it says what publishing would say now: with your calendars, your other procedures, the languages you offer, and the people who hold each role on each team.',
    'Without one it takes the calendars and procedures that ship with Recourse, and one director and several people in every other role.',
    '--calendars and --procedures name some that are not published yet, or, without a database, your own.',
    'Several files are checked as if they were published together: they may open each other.',
  ].join('\n'),
  options: { calendars: { type: 'string' }, procedures: { type: 'string' } },
  words: [1, MOST_TOGETHER],
  run: async (context, given) => {
    const documents = await readDocuments(context, given);
    if (documents === undefined) {
      return EXIT.noInput;
    }
    let code: number = EXIT.ok;
    for (const document of documents) {
      const asked = { document, together: documents, calendars: codesIn(given, 'calendars'), procedures: codesIn(given, 'procedures') };
      const parsed = (await proveHere(context, asked)) ?? (await proveAnywhere(asked));
      if (parsed.ok) {
        const { procedure, version, stages, actions } = parsed.procedure;
        for (const warning of parsed.warnings) {
          context.say(`${formatProblem(warning)} (only a warning)`);
        }
        context.say(`${procedure}, version ${version}: ${stages.length} stages, ${actions.length} actions, no mistakes.`);
      } else {
        code = tellProblems(context, parsed.problems);
      }
    }
    return code;
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
    if (before.procedure !== after.procedure) {
      context.note(`These are two procedures, “${before.procedure}” and “${after.procedure}”, and not two versions of one.`);
    }
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
  usage: 'FILE…',
  summary:
    'Publish a procedure as an immutable version. New complaints begin on it where its procedure is in use; open ones stay on theirs.',
  help: 'Several files are published together, all or none: procedures that open each other can only be published so.',
  options: {},
  words: [1, MOST_TOGETHER],
  run: async (context, given) => {
    const [document, ...together] = (await readDocuments(context, given)) ?? [];
    if (document === undefined) {
      return EXIT.noInput;
    }
    const { databaseUrl, languages } = context.settings();
    return withDatabase(databaseUrl, async (dataSource) => {
      const input = { ...document, together, languages, now: context.clock().now() };
      const result = await new PublishProcedure(dataSource, new RuleBook()).run(input);
      if (result.ok) {
        for (const { procedure, version, published } of [result, ...result.together]) {
          context.say(`${procedure}, version ${version}: ${published ? 'published.' : 'exactly this is published already.'}`);
        }
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
  // Two versions are compared, not proved again for the people of today.
  const parsed = parseProcedure(document.text, document.fileName, { calendars: await calendarsAnywhere(given), holders: [] });
  return parsed.ok ? parsed.procedure : tellProblems(context, parsed.problems);
}

/** @returns undefined when one of them cannot be read; that was told */
async function readDocuments(context: CommandContext, { positionals }: Given): Promise<readonly GivenDocument[] | undefined> {
  const documents: GivenDocument[] = [];
  for (const file of positionals) {
    const document = await readDocument(context, file);
    if (document === undefined) {
      return undefined;
    }
    documents.push(document);
  }
  return documents;
}

function codesIn(given: Given, option: 'calendars' | 'procedures'): readonly string[] {
  return textOf(given, option)?.split(',') ?? [];
}

async function calendarsAnywhere(given: Given): Promise<readonly string[]> {
  return [...(await shippedCalendarCodes()), ...codesIn(given, 'calendars')];
}

interface AskedProof {
  readonly document: GivenDocument;
  /** Everything that would be published at once. */
  readonly together: readonly GivenDocument[];
  readonly calendars: readonly string[];
  readonly procedures: readonly string[];
}

/** Proves it for an institution that has what ships with Recourse, and what is named: nobody is asked who holds which role. */
async function proveAnywhere({ document, together, calendars, procedures }: AskedProof): Promise<ParsedProcedure> {
  const beside = together.flatMap(({ text, fileName }) => procedureCodeOf(text, fileName) ?? []);
  return parseProcedure(document.text, document.fileName, {
    calendars: [...(await shippedCalendarCodes()), ...calendars],
    procedures: [...(await shippedProcedureCodes()), ...procedures, ...beside],
  });
}

/** Proves it as publishing would. @returns undefined when there is no institution to prove it for; why was told */
async function proveHere(
  context: CommandContext,
  { document, together, calendars, procedures }: AskedProof,
): Promise<ParsedProcedure | undefined> {
  try {
    const { databaseUrl, languages } = context.settings();
    return await withDatabase(databaseUrl, (dataSource) =>
      new CheckProcedure(dataSource, new RuleBook()).run({ ...document, together, calendars, procedures, languages }),
    );
  } catch (error) {
    const why = whyNotHere(error);
    if (why === undefined) {
      throw error;
    }
    context.note(`${why} Checked without your institution: it is taken to have one director and several people in every other role.`);
    return undefined;
  }
}

function whyNotHere(error: unknown): string | undefined {
  if (error instanceof SettingsError) return error.problems.map(({ message }) => message).join(' ');
  if (isDatabaseAway(error)) return 'The database does not answer.';
  const problem = error instanceof NoCalendarPublished ? error.message : findSetupProblem(error);
  return problem === undefined ? undefined : `Not with this database: ${problem}.`;
}
