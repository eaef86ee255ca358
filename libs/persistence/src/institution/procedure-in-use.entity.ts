import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A decision on which procedure complaints begin; the newest of each kind counts. */
@Entity({ name: 'procedure_in_use' })
export class ProcedureInUse {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'procedure_in_use_pk' })
  id!: string;

  /** Of which kind; null for every kind without a decision of its own. */
  @Column({ name: 'kind', type: 'text', nullable: true })
  kind!: string | null;

  /** Code of the procedure; its highest published version is meant. */
  @Column({ name: 'procedure', type: 'text' })
  procedure!: string;

  @Column({ name: 'decided_at', type: 'timestamptz' })
  decidedAt!: Date;
}
