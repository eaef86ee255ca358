import { IsIn, IsOptional } from 'class-validator';
import type { QueueFilter } from '@recourse/cases';
import { PageQuery } from './page.query';

/** The parts of the queue in the order of the tabs. */
export const queueFilters = ['new', 'mine', 'due', 'late', 'all', 'closed'] as const satisfies readonly QueueFilter[];

/** Which part of the queue, from the address. */
export class QueueQuery extends PageQuery {
  @IsOptional()
  @IsIn(queueFilters)
  show?: QueueFilter;
}
