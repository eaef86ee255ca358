import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

/** Which page of what was set aside, from the address. */
export class SetAsideQuery {
  /** `next` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  after?: string;

  /** What was just done. */
  @IsOptional()
  @IsIn(['tried', 'key_tried', 'team_key_tried'])
  done?: 'tried' | 'key_tried' | 'team_key_tried';

  /** Choice of the language, read by the pipeline. */
  @IsOptional()
  @IsString()
  lang?: string;
}
