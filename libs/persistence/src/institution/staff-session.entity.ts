import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign-in. The sealed key opens only with the token in the cookie. */
@Entity({ name: 'staff_session' })
export class StaffSession {
  @PrimaryColumn({ name: 'lookup', type: 'bytea', primaryKeyConstraintName: 'staff_session_pk' })
  lookup!: Buffer;

  @Column({ name: 'staff_id', type: 'uuid' })
  staffId!: string;

  /** Null once it is wiped. */
  @Column({ name: 'sealed_secret_key', type: 'bytea', nullable: true })
  sealedSecretKey!: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  /** When it is over unless something is asked for before. */
  @Column({ name: 'idle_at', type: 'timestamptz' })
  idleAt!: Date;

  /** Since when its key is gone. */
  @Column({ name: 'wiped_at', type: 'timestamptz', nullable: true })
  wipedAt!: Date | null;
}
