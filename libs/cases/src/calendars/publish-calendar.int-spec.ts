import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import type { HolidaySource } from '@recourse/domain';
import { findLatestCalendarVersion } from '@recourse/persistence';
import { testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';
import { ListCalendars } from './list-calendars';
import { loadPublicHolidays } from './public-holidays';
import { PublishCalendar, type PublishCalendarInput, type PublishCalendarResult } from './publish-calendar';

const NOW = new Date('2026-11-02T09:00:00Z');
const FRIDAY = '2026-11-06';

describe('publishing a calendar', () => {
  const database = testDatabase();
  let owner: DataSource;
  let geneva: string;
  let holidays: HolidaySource;
  beforeAll(async () => {
    owner = await database.dataSource('owner');
    geneva = await readFile(join(projectRoot, 'libs/domain/calendars/geneva.yaml'), 'utf8');
    holidays = await loadPublicHolidays();
  }, 60_000);

  const publish = (text: string, over: Partial<PublishCalendarInput> = {}): Promise<PublishCalendarResult> =>
    new PublishCalendar(owner).run({ text, fileName: 'calendar.yaml', holidays, replaces: 0, now: NOW, ...over });
  const named = (code: string, more = ''): string => `${geneva.replace('calendar: geneva', `calendar: ${code}`)}${more}`;
  const closing = (date: string): string => `closures:\n  ${date}: Closed\n`;
  const versionOf = async (code: string): Promise<number> => (await findLatestCalendarVersion(owner.manager, code))?.version ?? 0;
  const asked = async (): Promise<number> => {
    const rows = await owner.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM outbox_message WHERE topic = 'calendar_published'`,
    );
    return rows[0]?.count ?? -1;
  };

  it('makes the next version, with every day written out, and asks the worker in the same transaction', async () => {
    const before = await asked();
    expect(await publish(named('first'))).toMatchObject({ ok: true, published: true, calendar: 'first', version: 1 });
    expect(await publish(named('first', closing(FRIDAY)), { replaces: 1 })).toMatchObject({ ok: true, published: true, version: 2 });
    expect(await asked()).toBe(before + 2);
    const stored = await findLatestCalendarVersion(owner.manager, 'first');
    expect(stored).toMatchObject({ version: 2, knownUntil: '2031-12-31', holidaySource: holidays.name });
    expect(stored?.resolved.calendar.holidays).toEqual(expect.arrayContaining(['2026-09-10', FRIDAY]));
    expect(stored?.resolved.days).toContainEqual({ date: FRIDAY, name: 'Closed', why: 'closure' });
    expect(stored?.document).toContain('region: GE');
  });

  it('changes nothing when it is the same again, whatever the ends of its lines', async () => {
    await publish(named('same'));
    const before = await asked();
    expect(await publish(named('same').replaceAll('\n', '\r\n'))).toMatchObject({ ok: true, published: false, version: 1 });
    expect([await versionOf('same'), await asked()]).toEqual([1, before]);
  });

  it('makes another version of the same document when the data about holidays say otherwise, and not when only their edition is new', async () => {
    await publish(named('updated'));
    expect(await publish(named('updated'), { holidays: { ...holidays, ...sourceLike(holidays), name: 'newer' } })).toMatchObject({
      published: false,
    });
    const other: HolidaySource = { ...sourceLike(holidays), name: 'newer', holidaysOf: () => [{ date: FRIDAY, name: 'A new holiday' }] };
    expect(await publish(named('updated'), { holidays: other, replaces: 1 })).toMatchObject({ ok: true, published: true, version: 2 });
  });

  it('refuses a document with mistakes, and names them all', async () => {
    const text = named('wrong').replace('region: GE', 'region: XX').replace('Europe/Zurich', 'Europe/Zürich');
    const result = await publish(text);
    expect(!result.ok && result.code === 'invalid' && result.problems.map(({ code }) => code)).toEqual([
      'unknown_time_zone',
      'unknown_region',
    ]);
    expect(await versionOf('wrong')).toBe(0);
  });

  it('lets one of two administrators publish at once, and tells the other one', async () => {
    await publish(named('contested'));
    const answers = await Promise.all(['2026-11-05', FRIDAY].map((date) => publish(named('contested', closing(date)), { replaces: 1 })));
    expect(answers.map((answer) => (answer.ok ? 'published' : answer.code)).sort()).toEqual(['overtaken', 'published']);
    expect(await versionOf('contested')).toBe(2);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: 'overtaken', version: 2 });
  });

  it('replaces nothing that whoever publishes has not seen', async () => {
    await publish(named('unseen'));
    expect(await publish(named('unseen', closing(FRIDAY)))).toEqual({ ok: false, code: 'overtaken', calendar: 'unseen', version: 1 });
    expect(await publish(named('never_there'), { replaces: 1 })).toEqual({
      ok: false,
      code: 'overtaken',
      calendar: 'never_there',
      version: 0,
    });
    expect([await versionOf('unseen'), await versionOf('never_there')]).toEqual([1, 0]);
  });

  it('takes twenty who publish the same at once for one', async () => {
    await publish(named('crowded'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => publish(named('crowded', closing(FRIDAY)), { replaces: 1 })));
    expect(answers.filter((answer) => answer.ok && answer.published)).toHaveLength(1);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(20);
    expect(await versionOf('crowded')).toBe(2);
  });

  it('is heard of by every process in its next transaction', async () => {
    const ruleBook = new RuleBook();
    const intake = await database.dataSource('intake');
    const holidaysOf = (): Promise<readonly string[]> =>
      intake.transaction(async (tx) => (await ruleBook.calendarsIn(tx)).get('heard')?.holidays ?? []);
    await publish(named('heard'));
    expect(await holidaysOf()).not.toContain(FRIDAY);
    await publish(named('heard', closing(FRIDAY)), { replaces: 1 });
    expect(await holidaysOf()).toContain(FRIDAY);
    expect(ruleBook.calendars.get('heard')?.version).toBe(2);
  });

  it('is only the owner’s', async () => {
    for (const role of ['intake', 'casework', 'worker'] as const) {
      const publishing = new PublishCalendar(await database.dataSource(role)).run({
        text: named('stolen'),
        fileName: '',
        holidays,
        replaces: 0,
        now: NOW,
      });
      await expect(publishing).rejects.toThrow(/permission denied/);
    }
  });

  it('warns half a year before holidays are known no longer', async () => {
    await publish(named('ending').replace('2025-2031', '2025-2027'));
    const view = async (now: string) => {
      const calendars = await new ListCalendars(owner).run({ now: new Date(now) });
      const found = calendars.find(({ calendar }) => calendar === 'ending');
      return [found?.daysKnown, found?.isRunningOut];
    };
    expect(await view('2027-07-04T12:00:00Z')).toEqual([180, false]);
    expect(await view('2027-07-05T12:00:00Z')).toEqual([179, true]);
    expect(await view('2028-01-01T12:00:00Z')).toEqual([-1, true]);
  });
});

/** The methods of a class do not come along when its object is spread. */
function sourceLike(source: HolidaySource): HolidaySource {
  return {
    name: source.name,
    countries: source.countries,
    regionsOf: (country) => source.regionsOf(country),
    holidaysOf: (place, year, kinds) => source.holidaysOf(place, year, kinds),
  };
}
