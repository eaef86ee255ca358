import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { formatProblem } from '@recourse/domain';
import { findLatestCalendarVersion } from '@recourse/persistence';
import type { DataSource } from 'typeorm';
import { loadPublicHolidays } from './public-holidays';
import { PublishCalendar } from './publish-calendar';

const FOLDER = join(projectRoot, 'libs/domain/calendars');

/** Codes of the calendars that ship with Recourse; each is the name of its file. */
export async function shippedCalendarCodes(): Promise<readonly string[]> {
  const names = await readdir(FOLDER);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * Publishes the calendars that ship with Recourse and that this installation has never had. One that it has is its own: what it changed there, no release takes back.
 * @param dataSource of the owner
 * @returns codes of the calendars that were published now
 * @throws Error when a shipped document is broken
 */
export async function publishShippedCalendars(dataSource: DataSource, now: Date): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const code of await shippedCalendarCodes()) {
    if ((await findLatestCalendarVersion(dataSource.manager, code)) === undefined) {
      missing.push(code);
    }
  }
  if (missing.length === 0) {
    return [];
  }
  const holidays = await loadPublicHolidays();
  for (const code of missing) {
    const fileName = `${code}.yaml`;
    const text = await readFile(join(FOLDER, fileName), 'utf8');
    // Somebody else who starts at the same moment publishes the same.
    const published = await new PublishCalendar(dataSource).run({ text, fileName, holidays, replaces: 0, now });
    if (!published.ok && published.code === 'invalid') {
      throw new Error(`a shipped calendar is broken:\n${published.problems.map(formatProblem).join('\n')}`);
    }
  }
  return missing;
}
