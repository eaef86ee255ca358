import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One line of the record. `seq`, `prevHash` and `hash` are set by the database. */
@Entity({ name: 'case_event' })
export class CaseEventRow {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'case_event_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'track_id', type: 'uuid', nullable: true })
  trackId!: string | null;

  @Column({ name: 'seq', type: 'integer', insert: false, update: false })
  seq!: number;

  @Column({ name: 'type', type: 'text' })
  type!: string;

  @Column({ name: 'payload', type: 'jsonb' })
  payload!: Readonly<Record<string, unknown>>;

  @Column({ name: 'sealed_payload', type: 'bytea', nullable: true })
  sealedPayload!: Buffer | null;

  @Column({ name: 'actor_kind', type: 'text' })
  actorKind!: 'complainant' | 'staff' | 'system' | 'partner';

  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  actorId!: string | null;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt!: Date;

  @Column({ name: 'prev_hash', type: 'bytea', insert: false, update: false })
  prevHash!: Buffer;

  @Column({ name: 'hash', type: 'bytea', insert: false, update: false })
  hash!: Buffer;
}
