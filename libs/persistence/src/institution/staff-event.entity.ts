import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * One line of the record of accounts and teams, and of what staff did outside of a case; nobody can change or remove it. `seq`, `prevHash` and `hash` are set
 * by the database.
 */
@Entity({ name: 'staff_event' })
export class StaffEventRow {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'staff_event_pk' })
  id!: string;

  /** Whom it is about; null for what is about nobody's account. */
  @Column({ name: 'staff_id', type: 'uuid', nullable: true })
  staffId!: string | null;

  @Column({ name: 'seq', type: 'integer', insert: false, update: false })
  seq!: number;

  @Column({ name: 'type', type: 'text' })
  type!: string;

  @Column({ name: 'payload', type: 'jsonb' })
  payload!: Readonly<Record<string, unknown>>;

  /** In whose name: somebody on the staff, the operator by a command, or the software by itself. */
  @Column({ name: 'actor_kind', type: 'text' })
  actorKind!: 'staff' | 'operator' | 'system';

  /** Who did it; of the operator, with whose key, or null where none was needed; null for the software. */
  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  actorId!: string | null;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt!: Date;

  @Column({ name: 'prev_hash', type: 'bytea', insert: false, update: false })
  prevHash!: Buffer;

  @Column({ name: 'hash', type: 'bytea', insert: false, update: false })
  hash!: Buffer;
}
