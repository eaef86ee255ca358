import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Which page of a list, from the address. Lists that have parts add which part. */
export class PageQuery {
  /** `next` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  after?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** Choice of the language, read by the pipeline. */
  @IsOptional()
  @IsString()
  lang?: string;
}
