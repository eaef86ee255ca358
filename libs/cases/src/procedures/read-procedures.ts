import { Injectable } from '@nestjs/common';
import { COMPLAINT_KINDS, visibleCases, type ComplaintKind, type Procedure, type Wording } from '@recourse/domain';
import { countOpenTracksByVersion, findProcedureVersionByNumber, listProceduresInUse, listProcedureVersions } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import type { StaffIdentity } from '../staff/signed-in-staff';
import { procedureFor } from './procedure-for';
import { RuleBook } from './rule-book';

/** A published version, as a list shows it. */
export interface PublishedProcedure {
  /** Code of the procedure. */
  readonly procedure: string;
  readonly version: number;
  /** Absent when the version, or a calendar that it names, is damaged. */
  readonly title?: Wording;
  readonly publishedAt: Date;
  /** Open tracks pinned to it that the actor may see. */
  readonly openTracks: number;
  /** The kinds of complaints that begin on this version now. */
  readonly beginsFor: readonly ComplaintKind[];
}

/** Reads what is published. Published rules are no secret among staff; how many tracks stand on them is told within the actor's scope. */
@Injectable()
export class ReadProcedures {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  /** Every published version, by procedure and number. */
  async list(actor: StaffIdentity): Promise<readonly PublishedProcedure[]> {
    const { manager } = this.dataSource;
    const [versions, counts, decided] = await Promise.all([
      listProcedureVersions(manager),
      countOpenTracksByVersion(manager, visibleCases(actor)),
      listProceduresInUse(manager),
    ]);
    const isLatest = (one: { procedure: string; version: number }) =>
      versions.every(({ procedure, version }) => procedure !== one.procedure || version <= one.version);
    const readable = await this.rules.readable(
      manager,
      versions.map(({ id }) => id),
    );
    return versions.map(({ id, procedure, version, publishedAt }) => {
      const title = readable.get(id)?.title;
      return {
        procedure,
        version,
        ...(title === undefined ? {} : { title }),
        publishedAt,
        openTracks: counts.get(id) ?? 0,
        beginsFor: isLatest({ procedure, version }) ? COMPLAINT_KINDS.filter((kind) => procedureFor(decided, kind) === procedure) : [],
      };
    });
  }

  /** One version, or undefined when it was never published. */
  async read(code: string, version: number): Promise<Procedure | undefined> {
    const found = await findProcedureVersionByNumber(this.dataSource.manager, code, version);
    return found && this.rules.procedureOf(this.dataSource.manager, found);
  }
}
