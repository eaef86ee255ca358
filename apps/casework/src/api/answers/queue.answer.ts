import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ANONYMITIES, CHANNELS, COMPLAINT_KINDS } from '@recourse/domain';
import { queueFilters } from '../../queue/queue.query';
import { rulesReadable } from '../unreadable-rules';
import { wording } from './wording';

/** A company by name. */
@ApiSchema({ name: 'CompanyName' })
export class CompanyNameAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

/** A member of staff by name. */
@ApiSchema({ name: 'StaffName' })
export class StaffNameAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  displayName!: string;
}

/** One track in the list. */
@ApiSchema({ name: 'QueueItem', description: 'One track. Nothing that was sealed is in it.' })
export class QueueItemAnswer {
  @ApiProperty({ example: 'RC-7K2MQ-9XT4B' })
  reference!: string;

  @ApiProperty({ format: 'uuid' })
  trackId!: string;

  @ApiProperty({ description: 'Code of the procedure.' })
  procedure!: string;

  @ApiProperty({ description: 'Code of the stage.' })
  stage!: string;

  @ApiProperty(rulesReadable)
  areRulesReadable!: boolean;

  @ApiPropertyOptional(wording)
  stageName?: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'integer', description: 'Send it back as `seenRevision`.' })
  revision!: number;

  @ApiProperty()
  receivedAt!: Date;

  @ApiProperty()
  stageEnteredAt!: Date;

  @ApiProperty({ enum: CHANNELS })
  channel!: string;

  @ApiProperty({ description: 'BCP 47 tag of the complaint’s text.' })
  language!: string;

  @ApiPropertyOptional({ description: 'ISO 3166-1 alpha-2 code.' })
  country?: string;

  @ApiProperty({ enum: COMPLAINT_KINDS })
  kind!: string;

  @ApiProperty({ enum: ANONYMITIES })
  anonymity!: string;

  @ApiPropertyOptional({ type: CompanyNameAnswer })
  company?: CompanyNameAnswer;

  @ApiPropertyOptional({ type: StaffNameAnswer, description: 'Who holds it.' })
  assignee?: StaffNameAnswer;

  @ApiPropertyOptional({
    description: 'When the next clock runs out; absent when every clock waits, the track is closed, or its rules cannot be read.',
  })
  nextDueAt?: Date;

  @ApiPropertyOptional({ format: 'date', description: 'The same as a day of the clock’s calendar: what to show.', example: '2026-11-24' })
  nextDueOn?: string;

  @ApiPropertyOptional({ description: 'True when it runs out in the middle of that day: then show the hour too.' })
  nextDueWithinTheDay?: boolean;

  @ApiProperty()
  isLate!: boolean;

  @ApiProperty()
  hasNews!: boolean;

  @ApiProperty()
  closed!: boolean;

  @ApiPropertyOptional({ description: 'Code of the closing outcome.' })
  outcome?: string;

  @ApiPropertyOptional(wording)
  outcomeName?: Readonly<Record<string, string>>;
}

/** One page of the list. */
@ApiSchema({ name: 'QueuePage', description: 'Soonest due first; closed ones by what closed last.' })
export class QueuePageAnswer {
  @ApiProperty({ type: [QueueItemAnswer] })
  items!: readonly QueueItemAnswer[];

  @ApiPropertyOptional({ description: 'Give it as `after` for the next page; absent on the last one.' })
  next?: string;

  @ApiProperty({
    type: 'object',
    properties: Object.fromEntries(queueFilters.map((filter) => [filter, { type: 'integer', minimum: 0, maximum: 1000 }])),
    required: [...queueFilters],
    description: 'Tracks of each part, counted up to 1,000.',
  })
  counts!: Readonly<Record<(typeof queueFilters)[number], number>>;
}
