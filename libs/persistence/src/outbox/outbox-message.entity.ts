import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something the worker is to do after the transaction. The payload holds ids only. */
@Entity({ name: 'outbox_message' })
export class OutboxMessage {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'outbox_message_pk' })
  id!: string;

  @Column({ name: 'topic', type: 'text' })
  topic!: string;

  @Column({ name: 'payload', type: 'jsonb' })
  payload!: Readonly<Record<string, unknown>>;

  @Column({ name: 'dedupe_key', type: 'text', nullable: true })
  dedupeKey!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'available_at', type: 'timestamptz' })
  availableAt!: Date;

  @Column({ name: 'handed_at', type: 'timestamptz', nullable: true })
  handedAt!: Date | null;

  @Column({ name: 'done_at', type: 'timestamptz', nullable: true })
  doneAt!: Date | null;

  @Column({ name: 'attempts', type: 'integer' })
  attempts!: number;

  @Column({ name: 'last_error_code', type: 'text', nullable: true })
  lastErrorCode!: string | null;

  @Column({ name: 'set_aside_at', type: 'timestamptz', nullable: true })
  setAsideAt!: Date | null;
}
