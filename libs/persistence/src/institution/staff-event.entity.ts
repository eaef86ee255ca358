import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One line of the record of accounts and teams; nobody can change or remove it. */
@Entity({ name: 'staff_event' })
export class StaffEventRow {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'staff_event_pk' })
  id!: string;

  /** Whom it is about. */
  @Column({ name: 'staff_id', type: 'uuid' })
  staffId!: string;

  @Column({ name: 'type', type: 'text' })
  type!: string;

  @Column({ name: 'payload', type: 'jsonb' })
  payload!: Readonly<Record<string, unknown>>;

  /** Who did it. */
  @Column({ name: 'actor_id', type: 'uuid' })
  actorId!: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt!: Date;
}
