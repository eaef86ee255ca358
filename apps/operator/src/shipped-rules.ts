import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PublishProcedure, RuleBook } from '@recourse/cases';
import { projectRoot } from '@recourse/config';
import { formatProblem } from '@recourse/domain';
import type { DataSource } from 'typeorm';

/** The institution's calendars. */
export function shippedRules(): Promise<RuleBook> {
  return RuleBook.read(join(projectRoot, 'libs/domain/calendars'));
}

/**
 * Publishes the procedure that ships with Recourse, unless it is published.
 * @returns what to tell the operator
 * @throws Error when the shipped document is broken
 */
export async function publishShippedProcedure(dataSource: DataSource, rules: RuleBook, now: Date): Promise<string> {
  const file = join(projectRoot, 'libs/domain/procedures/remedy.yaml');
  const published = await new PublishProcedure(dataSource, rules).run({ text: await readFile(file, 'utf8'), fileName: 'remedy.yaml', now });
  if (published.ok) {
    const { procedure, version } = published;
    return `Procedure ${procedure}, version ${version}: ${published.published ? 'published' : 'is published already'}.`;
  }
  if (published.code === 'version_differs') {
    return `Procedure ${published.procedure}, version ${published.version} is published with other content; it was left as it is.`;
  }
  throw new Error(`the shipped procedure is broken:\n${published.problems.map(formatProblem).join('\n')}`);
}
