import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { BOARD_PARTS, type BoardPart } from '@recourse/cases';

/** Which part of the board, from the address. */
export class BoardQuery {
  @IsOptional()
  @IsIn(BOARD_PARTS)
  show?: BoardPart;

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
