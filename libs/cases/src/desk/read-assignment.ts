import { Injectable } from '@nestjs/common';
import { stageOf, type Wording } from '@recourse/domain';
import { findTeam, inTransaction, listStaffNames } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';
import type { StaffIdentity } from '../staff/signed-in-staff';
import type { HandoverView } from './case-view';
import { findVisibleCase } from './find-visible-case';
import { handoverOf } from './handover';

/** What {@link ReadAssignment} needs. */
export interface ReadAssignmentInput {
  readonly actor: StaffIdentity;
  readonly reference: string;
  /** Id of the track. */
  readonly track: string;
}

/** Who holds a track, and to whom the actor may give it; nothing that was sealed. */
export interface AssignmentView {
  readonly reference: string;
  readonly trackId: string;
  readonly stageName: Wording;
  /** Send it back as `seenRevision`. */
  readonly revision: number;
  readonly closed: boolean;
  readonly teamName: string;
  readonly assignee?: { readonly id: string; readonly displayName: string };
  readonly handover: HandoverView;
}

/** `not_found` also for a case or track that is not the actor's. */
export type ReadAssignmentResult =
  { readonly ok: true; readonly view: AssignmentView } | { readonly ok: false; readonly code: 'not_found' };

/** Reads in whose hands a track is, without opening anything sealed: so nothing is written into the record. */
@Injectable()
export class ReadAssignment {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run({ actor, reference, track: trackId }: ReadAssignmentInput): Promise<ReadAssignmentResult> {
    return inTransaction(this.dataSource, async (tx): Promise<ReadAssignmentResult> => {
      const found = await findVisibleCase(tx, actor, reference);
      const track = found?.tracks.find(({ id }) => id === trackId);
      if (found === undefined || track === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const procedure = await this.rules.procedure(tx, track.procedureVersionId);
      const [assignee] = track.assigneeId === null ? [] : await listStaffNames(tx, [track.assigneeId]);
      return {
        ok: true,
        view: {
          reference: found.file.reference,
          trackId: track.id,
          stageName: stageOf(procedure, track.stage).staffName,
          revision: track.revision,
          closed: track.closedAt !== null,
          teamName: (await findTeam(tx, track.teamId))?.name ?? '',
          ...(assignee === undefined ? {} : { assignee }),
          handover: await handoverOf(tx, actor, track),
        },
      };
    });
  }
}
