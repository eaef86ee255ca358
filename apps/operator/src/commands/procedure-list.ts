import { ListProcedures, refuseChanged, type ListedProcedure } from '@recourse/cases';
import { findLatestProcedureVersion, findProcedureVersionByNumber } from '@recourse/persistence';
import { EXIT, type Command } from '../command';
import { counted } from '../counted';
import { withDatabase } from '../with-database';

/** Lists the published procedures. */
export const procedureList: Command = {
  name: 'procedure list',
  usage: '',
  summary: 'List the published procedures: each version, its title, its open cases, and which complaints begin on it.',
  help: 'Exit code 0 when all of them can be read and are what was published, 1 when not.',
  options: {},
  run: async (context) =>
    withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const procedures = await new ListProcedures(dataSource).run();
      procedures.map(lineOf).forEach(context.say);
      if (procedures.length === 0) context.note('No procedure is published.');
      return procedures.every(({ title }) => title !== undefined) ? EXIT.ok : EXIT.refused;
    }),
};

function lineOf({ procedure, version, title, publishedAt, openTracks, beginsFor }: ListedProcedure): string {
  return [
    `${procedure}, version ${version} of ${publishedAt.toISOString().slice(0, 10)}`,
    ...(title === undefined ? ['CANNOT BE READ (verify-record says why)'] : [title]),
    counted(openTracks, 'open track'),
    ...(beginsFor.length === 0 ? [] : [`complaints begin on it: ${beginsFor.join(', ')}`]),
  ].join('; ');
}

/** Shows a published procedure. */
export const procedureShow: Command = {
  name: 'procedure show',
  usage: 'PROCEDURE [VERSION]',
  summary: 'Print the document of a published procedure, its highest version unless another is asked for.',
  help: 'To change it: procedure show remedy > remedy.yaml, give it the next number, and check, compare and publish that.',
  options: {},
  words: [1, 2],
  run: async (context, given) => {
    const [code = '', version] = given.positionals;
    if (version !== undefined && !isVersion(version)) {
      context.note('VERSION is the number of a published version.');
      return EXIT.usage;
    }
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const { manager } = dataSource;
      const found =
        version === undefined
          ? await findLatestProcedureVersion(manager, code)
          : await findProcedureVersionByNumber(manager, code, Number(version));
      if (found === undefined) {
        context.note(unknownProcedure(code, version, await new ListProcedures(dataSource).run()));
        return EXIT.refused;
      }
      refuseChanged(found);
      context.say(found.document.trimEnd());
      context.note(`${found.procedure}, version ${found.version}, published ${found.publishedAt.toISOString()}.`);
      return EXIT.ok;
    });
  },
};

/** Whether a word can be the number of a version. */
export function isVersion(word: string): boolean {
  return /^[1-9]\d{0,8}$/.test(word);
}

/** That there is no such version, and which there are. */
export function unknownProcedure(
  code: string,
  version: string | undefined,
  all: readonly Pick<ListedProcedure, 'procedure' | 'version'>[],
): string {
  const versions = all.filter(({ procedure }) => procedure === code).map((one) => one.version);
  if (versions.length > 0) {
    return `${code}, version ${version ?? ''} is not published. There are: ${versions.join(', ')}.`;
  }
  const codes = [...new Set(all.map(({ procedure }) => procedure))];
  return `No version of “${code}” is published. ${codes.length === 0 ? 'There is no procedure at all.' : `There are: ${codes.join(', ')}.`}`;
}
