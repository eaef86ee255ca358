import { IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { Type } from 'class-transformer';

/** Who shall hold a track; nobody gives it back to the team. */
export class AssignForm {
  @IsOptional()
  @IsUUID()
  assigneeId?: string;

  @Type(() => Number)
  @IsInt()
  @Min(0)
  seenRevision!: number;
}
