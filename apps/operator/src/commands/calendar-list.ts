import { ListCalendars, type CalendarView } from '@recourse/cases';
import { findCalendarVersionByNumber, findLatestCalendarVersion } from '@recourse/persistence';
import { EXIT, textOf, type Command } from '../command';
import { withDatabase } from '../with-database';

/** Lists the published calendars. */
export const calendarList: Command = {
  name: 'calendar list',
  usage: '',
  summary:
    'List the published calendars: version, where their holidays come from, until when they are known, and the clocks counted by them.',
  help: 'Exit code 1 when the holidays of one are known for less than half a year, or an open clock ends after them.',
  options: {},
  run: async (context) =>
    withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const calendars = await new ListCalendars(dataSource).run({ now: context.clock().now() });
      calendars.map(lineOf).forEach(context.say);
      const ending = calendars.filter(({ isRunningOut }) => isRunningOut);
      for (const { calendar, knownUntil } of ending) {
        context.note(
          `${calendar}: holidays are known until ${knownUntil ?? ''} only, and count as worked days after it. Publish it with more years (docs/calendars.md).`,
        );
      }
      return ending.length === 0 ? EXIT.ok : EXIT.refused;
    }),
};

function lineOf({ calendar, version, publishedAt, holidaySource, knownUntil, openClocks, behind }: CalendarView): string {
  return [
    `${calendar}, version ${version} of ${publishedAt.toISOString().slice(0, 10)}`,
    holidaySource === null ? 'holidays written out' : `holidays from ${holidaySource}`,
    knownUntil === null ? 'no holidays' : `known until ${knownUntil}`,
    `${openClocks} open clocks${behind === 0 ? '' : `, ${behind} of them still to be recomputed`}`,
  ].join('; ');
}

/** Shows a published calendar. */
export const calendarShow: Command = {
  name: 'calendar show',
  usage: 'CODE [--version VERSION]',
  summary: 'Print the document of a published calendar, the latest version unless another is asked for.',
  options: { version: { type: 'string' } },
  words: [1, 1],
  run: async (context, given) => {
    const [code = ''] = given.positionals;
    const version = textOf(given, 'version');
    return withDatabase(context.settings().databaseUrl, async ({ manager }) => {
      const found =
        version === undefined
          ? await findLatestCalendarVersion(manager, code)
          : await findCalendarVersionByNumber(manager, code, Number.parseInt(version, 10) || 0);
      if (found === undefined) {
        context.note(`There is no calendar ${code}${version === undefined ? '' : ` of version ${version}`}.`);
        return EXIT.refused;
      }
      context.say(found.document.trimEnd());
      context.note(`${found.calendar}, version ${found.version}, published ${found.publishedAt.toISOString()}.`);
      return EXIT.ok;
    });
  },
};
