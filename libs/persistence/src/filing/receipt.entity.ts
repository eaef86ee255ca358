import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a complainant finds back: HMAC of the receipt, and the public key derived from it. */
@Entity({ name: 'receipt' })
export class Receipt {
  @PrimaryColumn({ name: 'lookup', type: 'bytea', primaryKeyConstraintName: 'receipt_pk' })
  lookup!: Buffer;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
