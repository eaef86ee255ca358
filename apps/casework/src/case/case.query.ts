import { LARGEST_MESSAGE_PAGE } from '@recourse/cases';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Which page of a case's conversation and record, from the address. */
export class CaseQuery {
  /** `earlierMessages` of the page behind it. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  messagesBefore?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_MESSAGE_PAGE)
  messageLimit?: number;

  /** `earlierAdditions` of the page behind it. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  additionsBefore?: string;

  /** `earlierTimeline` of the page behind it. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  timelineBefore?: number;

  /** Choice of the language, read by the pipeline. */
  @IsOptional()
  @IsString()
  lang?: string;
}
