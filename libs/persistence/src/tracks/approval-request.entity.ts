import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An action that waits for a second person. What was given with it is sealed under the case's key. */
@Entity({ name: 'approval_request' })
export class ApprovalRequest {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'approval_request_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'track_id', type: 'uuid' })
  trackId!: string;

  @Column({ name: 'action', type: 'text' })
  action!: string;

  /** Where the track stood when it was asked. */
  @Column({ name: 'stage', type: 'text' })
  stage!: string;

  @Column({ name: 'requested_by', type: 'uuid' })
  requestedBy!: string;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt!: Date;

  /** After that the request is reported as stuck. */
  @Column({ name: 'answer_due_at', type: 'timestamptz' })
  answerDueAt!: Date;

  /** The version of the calendar of its procedure by which that was counted. 0: before this was kept. */
  @Column({ name: 'calendar_version', type: 'integer' })
  calendarVersion!: number;

  @Column({ name: 'sealed_content', type: 'bytea' })
  sealedContent!: Buffer;

  @Column({ name: 'state', type: 'text' })
  state!: 'waiting' | 'given' | 'declined' | 'lapsed';

  @Column({ name: 'answered_by', type: 'uuid', nullable: true })
  answeredBy!: string | null;

  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;
}
