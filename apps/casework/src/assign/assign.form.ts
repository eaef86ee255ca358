import { IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { said } from '@recourse/web';

/** Who shall hold a track; nobody gives it back to the team. */
export class AssignForm {
  @IsOptional()
  @IsUUID(undefined, said('casework-problems.not_on_team'))
  assigneeId?: string;

  @Type(() => Number)
  @IsInt()
  @Min(0)
  seenRevision!: number;
}
