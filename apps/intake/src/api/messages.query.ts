import { LARGEST_MESSAGE_PAGE } from '@recourse/cases';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { said } from './said-by-api';

/** Which page of the messages. */
export class MessagesQuery {
  /** `earlier` of the page behind it. */
  @IsOptional()
  @MaxLength(300, said('cursor'))
  @IsString(said('cursor'))
  before?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt(said('limit', { most: LARGEST_MESSAGE_PAGE }))
  @Min(1, said('limit', { most: LARGEST_MESSAGE_PAGE }))
  @Max(LARGEST_MESSAGE_PAGE, said('limit', { most: LARGEST_MESSAGE_PAGE }))
  limit?: number;
}
