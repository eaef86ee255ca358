import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a submit was stored, so that its repetition is the same complaint (docs/adr/0004). */
@Entity({ name: 'filing' })
export class Filing {
  @PrimaryColumn({ name: 'idempotency_lookup', type: 'bytea', primaryKeyConstraintName: 'filing_pk' })
  idempotencyLookup!: Buffer;

  @Column({ name: 'body_check', type: 'bytea' })
  bodyCheck!: Buffer;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'receipt_lookup', type: 'bytea' })
  receiptLookup!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
