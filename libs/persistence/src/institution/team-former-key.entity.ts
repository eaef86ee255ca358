import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A secret key that a team had before, sealed to one member who stayed when it was replaced. */
@Entity({ name: 'team_former_key' })
export class TeamFormerKey {
  @PrimaryColumn({ name: 'team_id', type: 'uuid', primaryKeyConstraintName: 'team_former_key_pk' })
  teamId!: string;

  @PrimaryColumn({ name: 'staff_id', type: 'uuid', primaryKeyConstraintName: 'team_former_key_pk' })
  staffId!: string;

  @PrimaryColumn({ name: 'public_key', type: 'bytea', primaryKeyConstraintName: 'team_former_key_pk' })
  publicKey!: Buffer;

  @Column({ name: 'sealed_secret_key', type: 'bytea' })
  sealedSecretKey!: Buffer;

  @Column({ name: 'retired_at', type: 'timestamptz' })
  retiredAt!: Date;
}
