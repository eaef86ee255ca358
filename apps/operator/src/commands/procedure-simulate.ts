import { loadPublicHolidays, RuleBook, SimulateProcedure } from '@recourse/cases';
import { EXIT, textOf, type Command } from '../command';
import { readDocument, tellProblems } from '../documents';
import { withDatabase } from '../with-database';
import { HONESTY, reportLines, trackLines } from './simulation-words';

/** Replays what happened under other rules. */
export const procedureSimulate: Command = {
  name: 'procedure simulate',
  usage: '[NEW.yaml] --against history [--calendar FILE]',
  summary: 'Replay the recorded cases under other rules or another calendar, and tell what would have been different. Changes nothing.',
  help: [
    'NEW.yaml is compared with the recorded cases of the procedure with the same code. With --calendar only, every case is replayed under its own rules.',
    'A line for each thing that would have been different, by reference; then everything counted, and what cannot be known.',
  ].join('\n'),
  options: { against: { type: 'string' }, calendar: { type: 'string' } },
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
    const procedure = file === undefined ? undefined : await readDocument(context, file);
    const calendar = calendarFile === undefined ? undefined : await readDocument(context, calendarFile);
    if ((file !== undefined && procedure === undefined) || (calendarFile !== undefined && calendar === undefined)) {
      return EXIT.noInput;
    }
    const rules = {
      ...(procedure === undefined ? {} : { procedure }),
      ...(calendar === undefined ? {} : { calendar, holidays: await loadPublicHolidays() }),
    };
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const simulation = new SimulateProcedure(dataSource, new RuleBook());
      const result = await simulation.run({ ...rules, now: context.clock().now() }, (track) => {
        trackLines(track).forEach(context.say);
      });
      if (!result.ok) {
        return tellProblems(context, result.problems);
      }
      reportLines(result.report).forEach(context.say);
      context.note(HONESTY);
      return EXIT.ok;
    });
  },
};
