import { UseProcedure } from '@recourse/cases';
import { EXIT, textOf, type Command } from '../command';
import { withDatabase } from '../with-database';

/** Decides on which procedure new complaints begin. */
export const procedureUse: Command = {
  name: 'procedure use',
  usage: 'PROCEDURE [--kind KIND]',
  summary: 'Have new complaints begin on a published procedure, always on its highest version; open ones stay where they are.',
  help: [
    'Without --kind it holds for every kind of complaint that has no procedure of its own. Until somebody decides, complaints begin on “remedy”.',
    'Running programs follow within ten seconds.',
  ].join('\n'),
  options: { kind: { type: 'string' } },
  words: [1, 1],
  run: async (context, given) => {
    const [procedure = ''] = given.positionals;
    const kind = textOf(given, 'kind');
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const now = context.clock().now();
      const used = await new UseProcedure(dataSource).run({ procedure, ...(kind === undefined ? {} : { kind }), now });
      if (used.ok) {
        const who = kind === undefined ? 'New complaints' : `New complaints of the kind “${kind}”`;
        context.say(`${who} ${used.changed ? 'begin' : 'begin already'} on ${procedure}, version ${used.version}.`);
        return EXIT.ok;
      }
      context.note(
        used.code === 'unknown_procedure'
          ? `No version of “${procedure}” is published. Publish one first: procedure publish FILE.`
          : `There is no kind “${kind ?? ''}”. There are: ${used.kinds.join(', ')}.`,
      );
      return EXIT.refused;
    });
  },
};
