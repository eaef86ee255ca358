import { CheckProcedure, NoCalendarPublished, RuleBook, shippedCalendarCodes, shippedProcedureCodes } from '@recourse/cases';
import { SettingsError } from '@recourse/config';
import { formatProblem, parseProcedure, procedureCodeOf, type ParsedProcedure } from '@recourse/domain';
import { findSetupProblem, isDatabaseAway } from '@recourse/persistence';
import { EXIT, textOf, type Command, type CommandContext, type Given } from '../command';
import { counted } from '../counted';
import { readDocument, tellProblems, type GivenDocument } from '../documents';
import { withDatabase } from '../with-database';

/** An institution has a handful of procedures. */
export const MOST_TOGETHER = 20;

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
        context.say(
          `${procedure}, version ${version}: ${counted(stages.length, 'stage')}, ${counted(actions.length, 'action')}, no mistakes.`,
        );
      } else {
        code = tellProblems(context, parsed.problems);
      }
    }
    return code;
  },
};

/** The documents that were named. @returns undefined when one of them cannot be read; that was told */
export async function readDocuments(context: CommandContext, { positionals }: Given): Promise<readonly GivenDocument[] | undefined> {
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

/** The calendars that ship, and those that were named. */
export async function calendarsAnywhere(given: Given): Promise<readonly string[]> {
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
    context.note(`${why} ${WITHOUT_INSTITUTION}`);
    return undefined;
  }
}

/** What only an institution has, and what is supposed instead. */
const WITHOUT_INSTITUTION =
  'So this is checked without your institution: not against your own calendars and procedures, the languages you offer, and the people on your teams. ' +
  'Taken for granted are the calendars and procedures that ship with Recourse, one director, and several people in every other role.';

function whyNotHere(error: unknown): string | undefined {
  if (error instanceof SettingsError) {
    const others = error.problems.filter(({ name }) => name !== 'RECOURSE_DATABASE_URL');
    // To have named no database is no mistake; a setting that is wrong is one.
    return others.length === 0
      ? 'No database is named in RECOURSE_DATABASE_URL, and none is needed.'
      : others.map(({ message }) => message).join(' ');
  }
  if (isDatabaseAway(error)) return 'The database does not answer.';
  const problem = error instanceof NoCalendarPublished ? error.message : findSetupProblem(error);
  return problem === undefined ? undefined : `Not with this database: ${problem}.`;
}
