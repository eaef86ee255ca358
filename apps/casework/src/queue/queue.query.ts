import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import type { QueueFilter } from '@recourse/cases';

/** The parts of the queue in the order of the tabs. */
export const queueFilters = ['new', 'mine', 'due', 'late', 'all', 'closed'] as const satisfies readonly QueueFilter[];

/** Which part of the queue, from the address. */
export class QueueQuery {
  @IsOptional()
  @IsIn(queueFilters)
  show?: QueueFilter;

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
