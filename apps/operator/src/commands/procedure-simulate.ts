import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadPublicHolidays, RuleBook, SimulateProcedure, type RulesDocument } from '@recourse/cases';
import { formatProblem } from '@recourse/domain';
import { EXIT, textOf, type Command } from '../command';
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
    const procedure = file === undefined ? undefined : await read(file, context.note);
    const calendar = calendarFile === undefined ? undefined : await read(calendarFile, context.note);
    if ((file !== undefined && procedure === undefined) || (calendarFile !== undefined && calendar === undefined)) {
      return EXIT.noInput;
    }
    const rules = {
      ...(procedure === undefined ? {} : { procedure }),
      ...(calendar === undefined ? {} : { calendar, holidays: await loadPublicHolidays() }),
    };
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const simulation = new SimulateProcedure(dataSource, new RuleBook());
      const result = await simulation.run({ ...rules, now: context.now() }, (track) => {
        trackLines(track).forEach(context.say);
      });
      if (!result.ok) {
        result.problems.map(formatProblem).forEach(context.say);
        context.note(result.problems.length === 1 ? 'One mistake.' : `${result.problems.length} mistakes.`);
        return EXIT.refused;
      }
      reportLines(result.report).forEach(context.say);
      context.note(HONESTY);
      return EXIT.ok;
    });
  },
};

async function read(file: string, note: (line: string) => void): Promise<RulesDocument | undefined> {
  try {
    return { text: await readFile(file, 'utf8'), fileName: basename(file) };
  } catch (error) {
    note(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`);
    return undefined;
  }
}
