import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Logger } from '@nestjs/common';
import { ListCalendars, loadPublicHolidays, PublishCalendar, RecomputeClocks, RecomputeRequests, RuleBook } from '@recourse/cases';
import { SystemClock } from '@recourse/clock';
import { projectRoot } from '@recourse/config';
import { Given, testDatabase } from '@recourse/testing';
import { Metrics } from '@recourse/process';

import { WorkerMetrics } from '../health/worker-metrics';
import { CalendarUpkeep } from './calendar-upkeep';

const FILED_AT = new Date('2026-03-02T07:00:00Z');

describe('the upkeep of calendars', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  const database = testDatabase();

  it('recomputes what is behind and shows it in the figures, with the days for which holidays are known', async () => {
    const given = await Given.in(database, FILED_AT);
    await given.filed({ now: FILED_AT });
    const metrics = new Metrics();
    const upkeep = new CalendarUpkeep(
      new RecomputeClocks(given.worker, new RuleBook()),
      new RecomputeRequests(given.worker, new RuleBook()),
      new ListCalendars(given.worker),
      new WorkerMetrics(metrics),
      new SystemClock(),
    );
    const figure = async (name: string): Promise<number> => {
      const line = (await metrics.registry.metrics()).split('\n').find((one) => one.startsWith(`${name} `));
      return Number(line?.split(' ').at(-1));
    };
    await upkeep.round();
    const shipped = await figure('recourse_calendar_days_known');
    expect(shipped).toBe(Math.floor((Date.parse('2032-01-01T00:00:00Z') - Date.now()) / 86_400_000));

    const text = await readFile(join(projectRoot, 'libs/domain/calendars/geneva.yaml'), 'utf8');
    const shorter = `${text.replace('2025-2031', '2025-2026')}closures:\n  2026-03-05: Closed\n`;
    const holidays = await loadPublicHolidays();
    await new PublishCalendar(given.owner).run({ text: shorter, fileName: 'geneva.yaml', holidays, replaces: 1, now: FILED_AT });
    await upkeep.round();
    expect(await figure('recourse_calendar_days_known')).toBeLessThan(shipped);
    expect(await figure('recourse_clocks_behind_calendar')).toBe(0);
    expect(await figure('recourse_clocks_recomputed_total{moved="yes"}')).toBe(1);
  }, 60_000);
});
