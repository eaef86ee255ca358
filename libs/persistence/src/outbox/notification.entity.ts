import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something to be said to somebody. `recipientId` is a member of staff, or a contact route for a complainant. */
@Entity({ name: 'notification' })
export class Notification {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'notification_pk' })
  id!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'recipient_kind', type: 'text' })
  recipientKind!: 'staff' | 'complainant';

  @Column({ name: 'recipient_id', type: 'uuid' })
  recipientId!: string;

  @Column({ name: 'case_id', type: 'uuid', nullable: true })
  caseId!: string | null;

  @Column({ name: 'channel', type: 'text' })
  channel!: string;

  @Column({ name: 'state', type: 'text' })
  state!: 'waiting' | 'sent' | 'failed' | 'suppressed';

  @Column({ name: 'attempts', type: 'integer' })
  attempts!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt!: Date | null;

  @Column({ name: 'dedupe_key', type: 'text' })
  dedupeKey!: string;

  @Column({ name: 'last_error_code', type: 'text', nullable: true })
  lastErrorCode!: string | null;

  /** When it was planned, by the clock of the database, which sets it. */
  @Column({ name: 'planned_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  plannedAt!: Date;

  /** When the attempt began by which it was sent, by the clock of the database. */
  @Column({ name: 'sending_since', type: 'timestamptz', nullable: true })
  sendingSince!: Date | null;
}
