import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody with a role in the case. */
@Entity({ name: 'party' })
export class Party {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'party_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'role', type: 'text' })
  role!: string;

  @Column({ name: 'company_id', type: 'uuid', nullable: true })
  companyId!: string | null;

  @Column({ name: 'sealed_name', type: 'bytea', nullable: true })
  sealedName!: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
