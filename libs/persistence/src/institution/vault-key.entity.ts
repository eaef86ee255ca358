import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A public key of the institution: the worker's or the recovery key. The newest of a kind is in use. */
@Entity({ name: 'vault_key' })
export class VaultKey {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'vault_key_pk' })
  id!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: 'worker' | 'recovery';

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
