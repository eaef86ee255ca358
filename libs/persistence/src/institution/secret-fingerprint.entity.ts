import { Column, Entity, PrimaryColumn } from 'typeorm';

/** By which a secret of the public door is known again; the highest number of a kind is in use. */
@Entity({ name: 'secret_fingerprint' })
export class SecretFingerprint {
  @PrimaryColumn({ name: 'kind', type: 'text', primaryKeyConstraintName: 'secret_fingerprint_pk' })
  kind!: 'receipt_pepper' | 'receipt_secret';

  @PrimaryColumn({ name: 'nth', type: 'integer', default: 1, primaryKeyConstraintName: 'secret_fingerprint_pk' })
  nth!: number;

  @Column({ name: 'fingerprint', type: 'bytea' })
  fingerprint!: Buffer;

  @Column({ name: 'used_since', type: 'timestamptz', default: () => 'now()' })
  usedSince!: Date;
}
