import { ListProcedures, refuseChanged } from '@recourse/cases';
import { compareProcedures, differenceSentence, parseProcedure, readPublishedProcedure, type Procedure } from '@recourse/domain';
import { findProcedureVersionByNumber } from '@recourse/persistence';
import type { DataSource } from 'typeorm';
import { EXIT, type Command, type CommandContext, type Given } from '../command';
import { counted } from '../counted';
import { readDocument, tellProblems } from '../documents';
import { withDatabase } from '../with-database';
import { calendarsAnywhere } from './procedure';
import { isVersion, unknownProcedure } from './procedure-list';

/** Compares two versions. */
export const procedureDiff: Command = {
  name: 'procedure diff',
  usage: 'OLD.yaml NEW.yaml [--calendars CODE,CODE]   or   PROCEDURE OLD-VERSION NEW-VERSION',
  summary: 'Say in words what is different in the newer of two versions of a procedure.',
  help:
    'With two files it needs no database. Name calendars of your own that are published besides those that ship with Recourse.\n' +
    'With three words it compares two published versions. To compare a published one with a file: procedure show PROCEDURE > OLD.yaml',
  options: { calendars: { type: 'string' } },
  words: [2, 3],
  run: async (context, given) => {
    if (given.positionals.length === 3) {
      return diffPublished(context, given.positionals);
    }
    const [oldFile = '', newFile = ''] = given.positionals;
    const before = await readProcedure(context, oldFile, given);
    if (typeof before === 'number') {
      return before;
    }
    const after = await readProcedure(context, newFile, given);
    return typeof after === 'number' ? after : tellDifferences(context, before, after);
  },
};

async function diffPublished(context: CommandContext, [code = '', ...versions]: readonly string[]): Promise<number> {
  if (!versions.every(isVersion)) {
    context.note('After the code of a procedure come the numbers of two published versions.');
    return EXIT.usage;
  }
  return withDatabase(context.settings().databaseUrl, async (dataSource) => {
    const read: Procedure[] = [];
    for (const version of versions) {
      const procedure = await readPublished(context, dataSource, code, version);
      if (typeof procedure === 'number') {
        return procedure;
      }
      read.push(procedure);
    }
    const [before, after] = read;
    return before === undefined || after === undefined ? EXIT.usage : tellDifferences(context, before, after);
  });
}

async function readPublished(context: CommandContext, dataSource: DataSource, code: string, version: string): Promise<Procedure | number> {
  const found = await findProcedureVersionByNumber(dataSource.manager, code, Number(version));
  if (found === undefined) {
    context.note(unknownProcedure(code, version, await new ListProcedures(dataSource).run()));
    return EXIT.refused;
  }
  refuseChanged(found);
  const parsed = readPublishedProcedure(found.document, `${code}-${version}.yaml`);
  return parsed.ok ? parsed.procedure : tellProblems(context, parsed.problems);
}

function tellDifferences({ say, note }: CommandContext, before: Procedure, after: Procedure): number {
  const differences = compareProcedures(before, after);
  if (before.procedure !== after.procedure) {
    note(`These are two procedures, “${before.procedure}” and “${after.procedure}”, and not two versions of one.`);
  }
  differences.map(differenceSentence).forEach(say);
  note(
    `${before.procedure}, version ${before.version}, and ${after.procedure}, version ${after.version}: ${counted(differences.length, 'difference')}.`,
  );
  return EXIT.ok;
}

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
