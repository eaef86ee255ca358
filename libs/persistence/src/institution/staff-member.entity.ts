import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a password becomes the key that wraps `wrappedSecretKey` (libs/vault). `salt` is base64; limits are libsodium's. */
export interface KeyDerivation {
  readonly algorithm: 'argon2id';
  readonly opslimit: number;
  readonly memlimit: number;
  readonly salt: string;
}

/** A member of staff. The secret key is wrapped under their password and opens nowhere else. */
@Entity({ name: 'staff_member' })
export class StaffMember {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'staff_member_pk' })
  id!: string;

  @Column({ name: 'sign_in_name', type: 'text' })
  signInName!: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName!: string;

  @Column({ name: 'email', type: 'text' })
  email!: string;

  @Column({ name: 'role', type: 'text' })
  role!: 'officer' | 'supervisor' | 'director' | 'administrator';

  @Column({ name: 'language', type: 'text' })
  language!: string;

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey!: Buffer;

  @Column({ name: 'wrapped_secret_key', type: 'bytea' })
  wrappedSecretKey!: Buffer;

  @Column({ name: 'kdf', type: 'jsonb' })
  kdf!: KeyDerivation;

  @Column({ name: 'active', type: 'boolean' })
  active!: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** Attempts since the last right password. */
  @Column({ name: 'failed_sign_ins', type: 'integer' })
  failedSignIns!: number;

  /** When the record last said that attempts failed. */
  @Column({ name: 'failures_told_at', type: 'timestamptz', nullable: true })
  failuresToldAt!: Date | null;
}
