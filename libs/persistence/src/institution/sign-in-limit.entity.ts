import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Attempts to sign in to one account that failed lately, from one place or from everywhere unknown. */
@Entity({ name: 'sign_in_limit' })
export class SignInLimit {
  /** `staff_member.id`, or the nil UUID for every name that there is no account for. */
  @PrimaryColumn({ name: 'subject', type: 'uuid', primaryKeyConstraintName: 'sign_in_limit_pk' })
  subject!: string;

  /** 32 bytes, from which no address can be read. */
  @PrimaryColumn({ name: 'origin', type: 'bytea', primaryKeyConstraintName: 'sign_in_limit_pk' })
  origin!: Buffer;

  @Column({ name: 'failures', type: 'integer' })
  failures!: number;

  /** When the count began. */
  @Column({ name: 'counted_since', type: 'timestamptz' })
  countedSince!: Date;

  @Column({ name: 'locked_until', type: 'timestamptz', nullable: true })
  lockedUntil!: Date | null;

  @Column({ name: 'last_at', type: 'timestamptz' })
  lastAt!: Date;
}
