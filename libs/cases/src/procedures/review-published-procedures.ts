import { Injectable } from '@nestjs/common';
import { calendarsNamedIn, parseProcedure, readPublishedProcedure, type Problem } from '@recourse/domain';
import { countTracksOnVersions, inTransaction, listProcedureVersions, makeReadOnly } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { RuleBook } from './rule-book';

/** A published version that could not be published today. */
export interface OutdatedProcedure {
  readonly procedure: string;
  readonly version: number;
  /** Open tracks pinned to it. */
  readonly openTracks: number;
  /** In the order of the lines; never empty. */
  readonly problems: readonly Problem[];
}

/**
 * Proves what is published by the rules of this release. A version that was proved by an older release keeps working whatever is found; whoever runs the
 * institution should know, and publish a better one. Of older versions only those with open tracks are looked at. Writes nothing. Run as the owner.
 */
@Injectable()
export class ReviewPublishedProcedures {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  /** @throws ChangedCalendar when one of them names a calendar that is not what was published */
  async run(): Promise<readonly OutdatedProcedure[]> {
    return inTransaction(this.dataSource, async (tx) => {
      await makeReadOnly(tx);
      const versions = await listProcedureVersions(tx);
      if (versions.length === 0) {
        return [];
      }
      const calendars = await this.rules.calendarCodes(tx);
      const procedures = [...new Set(versions.map(({ procedure }) => procedure))];
      const open = await countTracksOnVersions(tx);
      const inUse = versions.filter(({ id, procedure }, index) => versions[index + 1]?.procedure !== procedure || (open.get(id) ?? 0) > 0);
      for (const { procedure, document } of inUse) {
        const read = readPublishedProcedure(document, `${procedure}.yaml`);
        await this.rules.refuseDamaged(tx, read.ok ? calendarsNamedIn(read.procedure) : []);
      }
      return inUse.flatMap(({ id, procedure, version, document }): readonly OutdatedProcedure[] => {
        // Whether somebody may agree was proved for the people who were there when it was published; whoever left since is found by FindStuckCases.
        const parsed = parseProcedure(document, `${procedure}.yaml`, { calendars, procedures, holders: [] });
        return parsed.ok ? [] : [{ procedure, version, openTracks: open.get(id) ?? 0, problems: parsed.problems }];
      });
    });
  }
}
