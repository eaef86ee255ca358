import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { STAFF_ROLES, TEAM_ROLES, type StaffRole } from '@recourse/domain';
import type { SignedInStaff } from '@recourse/cases';

/** A team somebody is on. */
@ApiSchema({ name: 'OwnTeam' })
export class OwnTeamAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Names it in addresses.' })
  code!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: TEAM_ROLES })
  teamRole!: (typeof TEAM_ROLES)[number];
}

/** Who is signed in, without anything secret. */
@ApiSchema({ name: 'Session' })
export class SessionAnswer {
  @ApiProperty()
  signInName!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty({ enum: STAFF_ROLES })
  role!: StaffRole;

  @ApiProperty({ type: [OwnTeamAnswer] })
  teams!: readonly OwnTeamAnswer[];
}

/** The answer to signing in. */
@ApiSchema({ name: 'NewSession' })
export class NewSessionAnswer extends SessionAnswer {
  @ApiProperty()
  expiresAt!: Date;
}

/** The answer to signing in. */
export function newSessionAnswer(actor: SignedInStaff, expiresAt: Date): NewSessionAnswer {
  return Object.assign(sessionAnswer(actor), { expiresAt });
}

/** The signed-in person as the API shows them. */
export function sessionAnswer(actor: SignedInStaff): SessionAnswer {
  return {
    signInName: actor.signInName,
    displayName: actor.displayName,
    role: actor.role,
    teams: actor.teams.map(({ id, code, name, teamRole }) => ({ id, code, name, teamRole })),
  };
}
