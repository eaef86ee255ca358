import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { TEAM_ROLES } from '@recourse/domain';

/** `PUT /api/v1/account/password`. */
export class PasswordBody {
  @MaxLength(1000)
  @IsNotEmpty()
  @IsString()
  @ApiProperty({ type: String })
  currentPassword!: string;

  @MaxLength(1000)
  @IsNotEmpty()
  @IsString()
  @ApiProperty({ type: String, description: 'At least 12 characters.' })
  newPassword!: string;
}

/** `PUT /api/v1/teams/:team/members/:member`. */
export class MembershipBody {
  @IsOptional()
  @IsIn(TEAM_ROLES)
  @ApiPropertyOptional({
    enum: TEAM_ROLES,
    description: 'What they shall be on it; `member` when absent. Somebody who is on it keeps theirs.',
  })
  teamRole?: (typeof TEAM_ROLES)[number];
}
