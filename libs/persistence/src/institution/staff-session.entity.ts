import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign-in. The sealed key opens only with the token in the cookie. */
@Entity({ name: 'staff_session' })
export class StaffSession {
  @PrimaryColumn({ name: 'lookup', type: 'bytea', primaryKeyConstraintName: 'staff_session_pk' })
  lookup!: Buffer;

  @Column({ name: 'staff_id', type: 'uuid' })
  staffId!: string;

  @Column({ name: 'sealed_secret_key', type: 'bytea' })
  sealedSecretKey!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
