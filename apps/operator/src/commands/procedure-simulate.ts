import { loadPublicHolidays, RuleBook, SimulateProcedure } from '@recourse/cases';
import { EXIT, textOf, type Command, type CommandContext } from '../command';
import { readDocument, tellProblems } from '../documents';
import { withDatabase } from '../with-database';
import { HONESTY, reportLines, trackLines } from './simulation-words';

/** Replays what happened under other rules. */
export const procedureSimulate: Command = {
  name: 'procedure simulate',
  usage: '[NEW.yaml] --against history [--as PROCEDURE] [--calendar FILE]',
  summary: 'Replay the recorded cases under other rules or another calendar, and tell what would have been different. Changes nothing.',
  help: [
    'NEW.yaml is compared with the recorded cases of the procedure with the same code, or, with --as, of another one. With --calendar only, every case is replayed under its own rules.',
    'Exit code 0 whatever it finds; 1 when a document has mistakes or no case ever ran under the procedure.',
    'A line for each thing that would have been different, by reference; then everything counted, and what cannot be known.',
  ].join('\n'),
  options: { against: { type: 'string' }, as: { type: 'string' }, calendar: { type: 'string' } },
  words: [0, 1],
  run: async (context, given) => {
    const [file] = given.positionals;
    const calendarFile = textOf(given, 'calendar');
    if ((textOf(given, 'against') ?? 'history') !== 'history') {
      context.note('What it can be compared with is: --against history.');
      return EXIT.usage;
    }
    if (file === undefined && calendarFile === undefined) {
      context.note('Give the new procedure, or --calendar FILE, or both.');
      return EXIT.usage;
    }
    const as = textOf(given, 'as');
    if (as !== undefined && file === undefined) {
      context.note('--as says whose cases are replayed under NEW.yaml: give that too.');
      return EXIT.usage;
    }
    const procedure = file === undefined ? undefined : await readDocument(context, file);
    const calendar = calendarFile === undefined ? undefined : await readDocument(context, calendarFile);
    if ((file !== undefined && procedure === undefined) || (calendarFile !== undefined && calendar === undefined)) {
      return EXIT.noInput;
    }
    const rules = {
      ...(procedure === undefined ? {} : { procedure }),
      ...(as === undefined ? {} : { as }),
      ...(calendar === undefined ? {} : { calendar, holidays: await loadPublicHolidays() }),
    };
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const simulation = new SimulateProcedure(dataSource, new RuleBook());
      const result = await simulation.run({ ...rules, now: context.clock().now() }, (track) => {
        trackLines(track).forEach(context.say);
      });
      if (!result.ok) {
        return result.code === 'invalid' ? tellProblems(context, result.problems) : tellNoTrack(context, result);
      }
      if (as !== undefined) context.say(`Cases of the procedure “${as}” are replayed.`);
      reportLines(result.report).forEach(context.say);
      context.note(HONESTY);
      return EXIT.ok;
    });
  },
};

function tellNoTrack(
  { note }: CommandContext,
  { procedure, procedures }: { readonly procedure: string; readonly procedures: readonly string[] },
): number {
  const others = procedures.map((code) => `“${code}”`).join(', ');
  note(
    procedures.length === 0
      ? `No case ran under “${procedure}”, nor under any other procedure: there is nothing to replay.`
      : `No case ran under “${procedure}”. There are cases of: ${others}. To replay those of one of them: --as ${procedures[0] ?? ''}. Nothing was replayed.`,
  );
  return EXIT.refused;
}
