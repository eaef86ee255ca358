import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key of a team, as one member holds it, that is known not to open. What is sealed was left as it was. */
@Entity({ name: 'team_key_aside' })
export class TeamKeyAside {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'team_key_aside_pk' })
  id!: string;

  @Column({ name: 'team_id', type: 'uuid' })
  teamId!: string;

  @Column({ name: 'staff_id', type: 'uuid' })
  staffId!: string;

  /** Which key of the team: its present one, or one of its former. */
  @Column({ name: 'public_key', type: 'bytea' })
  publicKey!: Buffer;

  @Column({ name: 'set_aside_at', type: 'timestamptz' })
  setAsideAt!: Date;
}
