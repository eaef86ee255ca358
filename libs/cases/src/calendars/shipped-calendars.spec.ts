import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { CALENDAR_SHAPE, parseCalendar, type HolidaySource } from '@recourse/domain';
import { loadPublicHolidays } from './public-holidays';

let source: HolidaySource;
beforeAll(async () => {
  source = await loadPublicHolidays();
});

describe('a shipped calendar', () => {
  it.each(['geneva', 'gulf'])('%s is read without a mistake', (code) => {
    const text = readFileSync(join(projectRoot, `libs/domain/calendars/${code}.yaml`), 'utf8');
    expect(parseCalendar(text, `${code}.yaml`, source)).toMatchObject({ ok: true, origin: { source: source.name } });
  });
});

describe('the example in docs/calendars.md', () => {
  it('is read without a mistake, with everything that a calendar can say', () => {
    const page = readFileSync(join(projectRoot, 'docs/calendars.md'), 'utf8');
    const [, example = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
    expect(parseCalendar(example, 'docs/calendars.md', source)).toMatchObject({ ok: true, calendar: { code: 'nairobi' } });
    for (const key of [...CALENDAR_SHAPE.required, ...CALENDAR_SHAPE.optional]) expect(example).toContain(`${key}:`);
  });
});

describe('the holidays that the domain is tested with', () => {
  const recorded = readFileSync(join(projectRoot, 'libs/domain/test-support/recorded-holidays.txt'), 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));

  it.each([...new Set(recorded.map((line) => line.split(' ')[0] ?? ''))])('are those of the data for %s', (place) => {
    const days = recorded.filter((line) => line.startsWith(`${place} `));
    const [country = '', region] = place.split('-');
    const years = [...new Set(days.map((line) => Number(line.split(' ')[1]?.slice(0, 4))))];
    const now = years.flatMap((year) => source.holidaysOf({ country, ...(region === undefined ? {} : { region }) }, year, ['public']));
    expect(now.map(({ date, name }) => `${place} ${date} ${name}`)).toEqual(days);
  });
});
