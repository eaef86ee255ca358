import { PublishProcedure, RuleBook, type PublishedVersion } from '@recourse/cases';
import { formatProblem } from '@recourse/domain';
import { EXIT, type Command, type CommandContext } from '../command';
import { tellProblems } from '../documents';
import { withDatabase } from '../with-database';
import { MOST_TOGETHER, readDocuments } from './procedure';

/** Publishes a procedure. */
export const procedurePublish: Command = {
  name: 'procedure publish',
  usage: 'FILE…',
  summary:
    'Publish a procedure as an immutable version. New complaints begin on it where its procedure is in use; open ones stay on theirs.',
  help: 'Several files are published together, all or none: procedures that open each other can only be published so. What “procedure check” warns of is said here too.',
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
        [result, ...result.together].forEach((one) => {
          tellPublished(context, one);
        });
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

function tellPublished(
  { say, note }: CommandContext,
  { procedure, version, published, warnings, follows, highest }: PublishedVersion,
): void {
  warnings.forEach((warning) => {
    note(`${formatProblem(warning)} (only a warning)`);
  });
  say(`${procedure}, version ${version}: ${published ? 'published.' : 'exactly this is published already.'}`);
  if (highest > version) {
    note(`Version ${highest} of ${procedure} is published: complaints begin on that one, never on ${version}.`);
  }
  if (published && follows > 0 && follows < version - 1) {
    note(
      `It follows version ${follows}: numbers between ${follows} and ${version} were left out. If that was a slip, leave it; numbers only have to grow.`,
    );
  }
}
