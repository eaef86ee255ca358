import { Injectable } from '@nestjs/common';
import { COMPLAINT_KINDS, readPublishedProcedure, type ComplaintKind } from '@recourse/domain';
import { countTracksOnVersions, listProceduresInUse, listProcedureVersions } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { isProcedureAsPublished } from './content-hash';
import { procedureFor } from './procedure-for';

/** A published version, for the operator. */
export interface ListedProcedure {
  readonly procedure: string;
  readonly version: number;
  /** In English, or the first language it has; absent when it cannot be read or is not what was published. */
  readonly title?: string;
  readonly publishedAt: Date;
  /** Open tracks of the whole institution that are pinned to it. */
  readonly openTracks: number;
  /** The kinds of complaints that begin on this version now. */
  readonly beginsFor: readonly ComplaintKind[];
}

/** What is published, by procedure and number, whether it can be gone by or not. Run as the owner. */
@Injectable()
export class ListProcedures {
  constructor(private readonly dataSource: DataSource) {}

  async run(): Promise<readonly ListedProcedure[]> {
    const { manager } = this.dataSource;
    const versions = await listProcedureVersions(manager);
    const open = await countTracksOnVersions(manager);
    const decided = await listProceduresInUse(manager);
    return versions.map((one, index) => {
      const { id, procedure, version, publishedAt, document } = one;
      const read = isProcedureAsPublished(one) ? readPublishedProcedure(document, `${procedure}.yaml`) : undefined;
      const title = read?.ok ? (read.procedure.title['en'] ?? Object.values(read.procedure.title)[0]) : undefined;
      const isHighest = versions[index + 1]?.procedure !== procedure;
      return {
        procedure,
        version,
        ...(title === undefined ? {} : { title }),
        publishedAt,
        openTracks: open.get(id) ?? 0,
        beginsFor: isHighest ? COMPLAINT_KINDS.filter((kind) => procedureFor(decided, kind) === procedure) : [],
      };
    });
  }
}
