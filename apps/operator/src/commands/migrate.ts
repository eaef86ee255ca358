import { publishShippedCalendars, ReviewPublishedProcedures, RuleBook, type OutdatedProcedure } from '@recourse/cases';
import { formatProblem } from '@recourse/domain';
import { migrate as migrateDatabase, requireNoDemo, type RolePasswords } from '@recourse/persistence';
import { EXIT, type Command } from '../command';
import { counted } from '../counted';
import { tellOfCalendars } from '../shipped-rules';
import { withDatabase } from '../with-database';

/** Brings the database up to date. */
export const migrate: Command = {
  name: 'migrate',
  usage: '',
  summary: 'Bring the database up to date: roles, tables, privileges, the queue, and the shipped calendars that it does not have.',
  help:
    'Safe to repeat, and for several starters at once. The roles of the three processes get the passwords of RECOURSE_INTAKE_DATABASE_URL,\n' +
    'RECOURSE_CASEWORK_DATABASE_URL and RECOURSE_WORKER_DATABASE_URL where these are given. In production it refuses a database that was made as a demo workspace.',
  options: {},
  run: async ({ settings, note, clock }) => {
    const { mode, databaseUrl, intakeDatabaseUrl, caseworkDatabaseUrl, workerDatabaseUrl } = settings();
    const rolePasswords: RolePasswords = {
      ...passwordOf('intake', intakeDatabaseUrl),
      ...passwordOf('casework', caseworkDatabaseUrl),
      ...passwordOf('worker', workerDatabaseUrl),
    };
    const { applied, hidesCounts } = await migrateDatabase(databaseUrl, { rolePasswords });
    note(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`);
    const { calendars, outdated } = await withDatabase(databaseUrl, async (dataSource) => {
      await requireNoDemo(dataSource.manager, mode);
      return {
        calendars: await publishShippedCalendars(dataSource, clock().now()),
        outdated: await new ReviewPublishedProcedures(dataSource, new RuleBook()).run(),
      };
    });
    tellOfCalendars(calendars).forEach(note);
    outdated.flatMap(outdatedLines).forEach(note);
    if (!hidesCounts) {
      note(
        'The owner is no superuser, so PostgreSQL tells every role how many rows a table has had, the public process included. See docs/threat-model.md.',
      );
    }
    return EXIT.ok;
  },
};

/** It goes on working as it is; what this release finds wrong with it is listed. */
function outdatedLines({ procedure, version, openTracks, problems }: OutdatedProcedure): readonly string[] {
  return [
    `Procedure ${procedure}, version ${version} (${counted(openTracks, 'open track')}) goes on working, but could not be published today. Publish a better version:`,
    ...problems.map((problem) => `  ${formatProblem(problem)}`),
  ];
}

function passwordOf(process: keyof RolePasswords, url: string | undefined): RolePasswords {
  const password = url === undefined ? '' : decodeURIComponent(new URL(url).password);
  return password === '' ? {} : { [process]: password };
}
