import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Membership of a team, with the team's secret key sealed to the member. */
@Entity({ name: 'team_member' })
export class TeamMember {
  @PrimaryColumn({ name: 'team_id', type: 'uuid', primaryKeyConstraintName: 'team_member_pk' })
  teamId!: string;

  @PrimaryColumn({ name: 'staff_id', type: 'uuid', primaryKeyConstraintName: 'team_member_pk' })
  staffId!: string;

  @Column({ name: 'team_role', type: 'text' })
  teamRole!: 'member' | 'lead';

  @Column({ name: 'sealed_team_key', type: 'bytea' })
  sealedTeamKey!: Buffer;
}
