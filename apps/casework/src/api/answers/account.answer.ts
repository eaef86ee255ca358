import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { STAFF_ROLES, type StaffRole } from '@recourse/domain';

/** An account as an administrator sees it. */
@ApiSchema({ name: 'Account' })
export class AccountAnswer {
  @ApiProperty()
  displayName!: string;

  @ApiProperty()
  signInName!: string;

  @ApiProperty({ enum: STAFF_ROLES })
  role!: StaffRole;

  @ApiProperty({ description: 'False when it is closed.' })
  active!: boolean;

  @ApiPropertyOptional({ description: 'Absent when they never did, or not since sign-ins are recorded.' })
  lastSignedInAt?: Date;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Attempts that failed since the last right password.' })
  failedSince!: number;

  @ApiPropertyOptional({ description: 'When so many failed last that somebody had to wait.' })
  lastTriedAt?: Date;
}

/** All accounts; an institution has some dozens. */
@ApiSchema({ name: 'Accounts' })
export class AccountsAnswer {
  @ApiProperty({ type: [AccountAnswer], description: 'By name, closed ones last.' })
  items!: readonly AccountAnswer[];
}
