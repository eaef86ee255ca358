import { loadPublicHolidays, PreviewCalendar, PublishCalendar, RuleBook } from '@recourse/cases';
import { parseCalendar, type CalendarDocument } from '@recourse/domain';
import { EXIT, textOf, type Command } from '../command';
import { chosen, counted } from '../counted';
import { readDocument, tellProblems } from '../documents';
import { withDatabase } from '../with-database';
import { tellPreview } from './calendar-preview-words';

/** Reads a calendar and says what it stands for. */
export const calendarCheck: Command = {
  name: 'calendar check',
  usage: 'FILE',
  summary: 'Read a calendar; list every mistake with its line, or every day that it names.',
  help: 'It needs no database.',
  options: {},
  words: [1, 1],
  run: async (context, given) => {
    const read = await readDocument(context, given.positionals[0] ?? '');
    if (read === undefined) {
      return EXIT.noInput;
    }
    const parsed = parseCalendar(read.text, read.fileName, await loadPublicHolidays());
    if (!parsed.ok) {
      return tellProblems(context, parsed.problems);
    }
    parsed.days.forEach(({ date, name, why }) => context.say(`${date}  ${REASONS[why]}  ${name}`));
    context.note(`${parsed.calendar.code}: no mistakes. ${summaryOf(parsed)}`);
    return EXIT.ok;
  },
};

const REASONS: Readonly<Record<CalendarDocument['days'][number]['why'], string>> = {
  public_holiday: 'public holiday',
  holiday: 'holiday       ',
  closure: 'closed        ',
  worked: 'WORKED        ',
};

/** Tells what publishing a calendar would do. */
export const calendarPreview: Command = {
  name: 'calendar preview',
  usage: 'FILE',
  summary:
    'Tell which open clocks and requests for a second person would move if a calendar were published, from when to when. Changes nothing.',
  options: {},
  words: [1, 1],
  run: async (context, given) => {
    const read = await readDocument(context, given.positionals[0] ?? '');
    if (read === undefined) {
      return EXIT.noInput;
    }
    const holidays = await loadPublicHolidays();
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const result = await new PreviewCalendar(dataSource, new RuleBook()).run({ ...read, holidays, now: context.clock().now() });
      if (!result.ok) return tellProblems(context, result.problems);
      tellPreview(context, result.preview);
      return EXIT.ok;
    });
  },
};

/** Publishes a calendar. */
export const calendarPublish: Command = {
  name: 'calendar publish',
  usage: 'FILE [--replaces VERSION]',
  summary: 'Publish a calendar as its next version. The worker recomputes the open clocks that are counted by it.',
  help: '--replaces is the version that the preview named; without it the calendar is a new one. Nothing is published when another version is the latest: somebody else was faster.',
  options: { replaces: { type: 'string' } },
  words: [1, 1],
  run: async (context, given) => {
    const replaces = textOf(given, 'replaces');
    if (replaces !== undefined && !/^\d{1,9}$/.test(replaces)) {
      context.note('--replaces is the number of a version, 0 for none.');
      return EXIT.usage;
    }
    const read = await readDocument(context, given.positionals[0] ?? '');
    if (read === undefined) {
      return EXIT.noInput;
    }
    const input = { ...read, holidays: await loadPublicHolidays(), now: context.clock().now() };
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const result = await new PublishCalendar(dataSource).run({ ...input, replaces: Number(replaces ?? 0) });
      if (result.ok) {
        context.say(
          `${result.calendar}, version ${result.version}: ${result.published ? 'published.' : 'exactly this is published already.'}`,
        );
        if (result.published) context.note(summaryOf(result.document));
        return EXIT.ok;
      }
      if (result.code === 'invalid') {
        return tellProblems(context, result.problems);
      }
      context.note(overtaken(result.calendar, result.version, replaces));
      return EXIT.refused;
    });
  },
};

function overtaken(calendar: string, version: number, replaces: string | undefined): string {
  if (version === 0) return `There is no calendar ${calendar} yet: publish it without --replaces. Nothing was published.`;
  if (replaces === undefined)
    return `There is a calendar ${calendar} already, version ${version}. See which dates move (calendar preview FILE), and publish with --replaces ${version}. Nothing was published.`;
  return (
    `${calendar}, version ${version} was published meanwhile, and what it changed would be undone. ` +
    `Look at it (calendar show ${calendar}), put both changes together, and preview again. Nothing was published.`
  );
}

function summaryOf({ calendar, days, origin }: CalendarDocument): string {
  const place =
    origin === undefined ? '' : ` Public holidays of ${[origin.country, origin.region].filter(Boolean).join('-')} from ${origin.source}.`;
  const known = calendar.holidaysKnown === undefined ? '' : ` Holidays are known until ${calendar.holidaysKnown.until}.`;
  return `${counted(days.length, 'day')} ${chosen(days.length, 'is', 'are')} named.${place}${known}`;
}
