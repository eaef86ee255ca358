import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One procedure running on a case. `revision` grows by one with each action. */
@Entity({ name: 'track' })
export class Track {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'track_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'procedure_version_id', type: 'uuid' })
  procedureVersionId!: string;

  @Column({ name: 'procedure', type: 'text' })
  procedure!: string;

  @Column({ name: 'stage', type: 'text' })
  stage!: string;

  @Column({ name: 'revision', type: 'integer' })
  revision!: number;

  @Column({ name: 'team_id', type: 'uuid' })
  teamId!: string;

  @Column({ name: 'assignee_id', type: 'uuid', nullable: true })
  assigneeId!: string | null;

  /** The track of the same case whose action opened this one. */
  @Column({ name: 'parent_track_id', type: 'uuid', nullable: true })
  parentTrackId!: string | null;

  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt!: Date;

  @Column({ name: 'stage_entered_at', type: 'timestamptz' })
  stageEnteredAt!: Date;

  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt!: Date | null;

  @Column({ name: 'outcome', type: 'text', nullable: true })
  outcome!: string | null;

  @Column({ name: 'next_due_at', type: 'timestamptz', nullable: true })
  nextDueAt!: Date | null;

  @Column({ name: 'has_news', type: 'boolean' })
  hasNews!: boolean;

  /** When somebody last said that they have read what was new. */
  @Column({ name: 'news_read_at', type: 'timestamptz', nullable: true })
  newsReadAt!: Date | null;
}
