import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of a case's key, sealed to one holder. `holderId` is a team or a member of staff, null for the others. */
@Entity({ name: 'case_key_grant' })
export class CaseKeyGrant {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'case_key_grant_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'key_version', type: 'integer' })
  keyVersion!: number;

  @Column({ name: 'holder_kind', type: 'text' })
  holderKind!: 'team' | 'complainant' | 'recovery' | 'staff';

  @Column({ name: 'holder_id', type: 'uuid', nullable: true })
  holderId!: string | null;

  @Column({ name: 'sealed_key', type: 'bytea' })
  sealedKey!: Buffer;

  /** To which public key of the team; null when that was not written down, and for the other holders. */
  @Column({ name: 'sealed_to', type: 'bytea', nullable: true })
  sealedTo!: Buffer | null;

  /** Since when it is known that no key of the team opens it; null for all others. */
  @Column({ name: 'set_aside_at', type: 'timestamptz', nullable: true })
  setAsideAt!: Date | null;

  @Column({ name: 'granted_at', type: 'timestamptz' })
  grantedAt!: Date;
}
