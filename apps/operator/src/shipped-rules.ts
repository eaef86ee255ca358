import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PublishProcedure, publishShippedCalendars, type RuleBook } from '@recourse/cases';
import { projectRoot } from '@recourse/config';
import { formatProblem } from '@recourse/domain';
import type { DataSource } from 'typeorm';

/**
 * Publishes the calendars and the procedure that ship with Recourse, unless they are published. Staff may be added later: what nobody could agree to yet is told.
 * @returns what to tell the operator
 * @throws Error when a shipped document is broken
 */
export async function publishShippedRules(dataSource: DataSource, rules: RuleBook, now: Date): Promise<readonly string[]> {
  const calendars = await publishShippedCalendars(dataSource, now);
  return [...tellOfCalendars(calendars), ...(await publishShippedProcedure(dataSource, rules, now))];
}

/** What to tell the operator of calendars that were published now. */
export function tellOfCalendars(codes: readonly string[]): readonly string[] {
  return codes.length === 0 ? [] : [`Calendars published: ${codes.join(', ')}.`];
}

async function publishShippedProcedure(dataSource: DataSource, rules: RuleBook, now: Date): Promise<readonly string[]> {
  const file = join(projectRoot, 'libs/domain/procedures/remedy.yaml');
  const document = { text: await readFile(file, 'utf8'), fileName: 'remedy.yaml' };
  const published = await new PublishProcedure(dataSource, rules).run({ ...document, staffing: 'to_come', now });
  if (published.ok) {
    const { procedure, version, unstaffed } = published;
    return [
      `Procedure ${procedure}, version ${version}: ${published.published ? 'published' : 'is published already'}.`,
      ...unstaffed.map(({ message, hint }) => `Before the first complaint: ${message} ${hint}`),
    ];
  }
  if (published.code === 'version_differs') {
    return [`Procedure ${published.procedure}, version ${published.version} is published with other content; it was left as it is.`];
  }
  throw new Error(`the shipped procedure is broken:\n${published.problems.map(formatProblem).join('\n')}`);
}
