import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A team that works on cases; the desk is one. Its secret key is sealed to each member. */
@Entity({ name: 'team' })
export class Team {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'team_pk' })
  id!: string;

  @Column({ name: 'code', type: 'text' })
  code!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey!: Buffer;
}
