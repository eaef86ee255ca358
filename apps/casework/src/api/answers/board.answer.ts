import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { BOARD_PARTS, type BoardPart } from '@recourse/cases';
import { COMPLAINT_KINDS } from '@recourse/domain';
import { CompanyNameAnswer, StaffNameAnswer } from './queue.answer';
import { rulesReadable } from '../unreadable-rules';
import { wording } from './wording';

/** A team by name. */
@ApiSchema({ name: 'TeamName' })
export class TeamNameAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

/** The clock that runs out next. */
@ApiSchema({ name: 'BoardDue' })
export class BoardDueAnswer {
  @ApiPropertyOptional({ description: 'Code of the clock in the procedure.' })
  clock?: string;

  @ApiPropertyOptional({ ...wording, description: 'What the procedure calls it.' })
  clockName?: Readonly<Record<string, string>>;

  @ApiProperty()
  at!: Date;

  @ApiProperty({ format: 'date', description: 'The same as a day of the clock’s calendar: what to show.' })
  on!: string;

  @ApiProperty({ description: 'True when it runs out in the middle of that day: then show the hour too.' })
  withinTheDay!: boolean;

  @ApiProperty()
  isLate!: boolean;

  @ApiPropertyOptional({ format: 'date', description: 'The day on which it first ran out, when it was given more time after that.' })
  missedOn?: string;
}

/** A clock that waits. */
@ApiSchema({ name: 'BoardPause' })
export class BoardPauseAnswer {
  @ApiProperty({ description: 'Code of the clock in the procedure.' })
  clock!: string;

  @ApiProperty({ ...wording, description: 'What the procedure calls it.' })
  clockName!: Readonly<Record<string, string>>;

  @ApiProperty()
  since!: Date;

  @ApiProperty({ format: 'date', description: 'The same as a day of the clock’s calendar: what to show.' })
  sinceOn!: string;

  @ApiPropertyOptional({ ...wording, description: 'Name of the action that paused it.' })
  reasonName?: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ format: 'date', description: 'The day on which it goes on by itself; absent when that is up to somebody.' })
  untilOn?: string;

  @ApiProperty({ description: 'True when nothing would ever bring it back to a person: no other clock of the track runs or will.' })
  isEndless!: boolean;
}

/** A request for a second person; what was given with it is on the case. */
@ApiSchema({ name: 'BoardApproval' })
export class BoardApprovalAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Code of the action.' })
  action!: string;

  @ApiProperty(wording)
  actionName!: Readonly<Record<string, string>>;

  @ApiProperty({ type: StaffNameAnswer })
  requestedBy!: StaffNameAnswer;

  @ApiProperty()
  requestedAt!: Date;

  @ApiProperty()
  answerDueAt!: Date;

  @ApiProperty({ format: 'date', description: 'The same as a day of the procedure’s calendar: what to show.' })
  answerDueOn!: string;
}

/** One line of the board. */
@ApiSchema({ name: 'BoardItem', description: 'One line. Nothing that was sealed is in it.' })
export class BoardItemAnswer {
  @ApiProperty({ example: 'RC-7K2MQ-9XT4B' })
  reference!: string;

  @ApiProperty({ format: 'uuid' })
  trackId!: string;

  @ApiProperty({ type: TeamNameAnswer })
  team!: TeamNameAnswer;

  @ApiProperty({ description: 'Code of the procedure.' })
  procedure!: string;

  @ApiProperty({ description: 'Code of the stage.' })
  stage!: string;

  @ApiProperty(rulesReadable)
  areRulesReadable!: boolean;

  @ApiPropertyOptional(wording)
  stageName?: Readonly<Record<string, string>>;

  @ApiProperty({ enum: COMPLAINT_KINDS })
  kind!: string;

  @ApiPropertyOptional({ description: 'ISO 3166-1 alpha-2 code.' })
  country?: string;

  @ApiPropertyOptional({ type: CompanyNameAnswer })
  company?: CompanyNameAnswer;

  @ApiPropertyOptional({ type: StaffNameAnswer, description: 'Whom it was given to; in `unheld`, somebody who has left.' })
  assignee?: StaffNameAnswer;

  @ApiPropertyOptional({ type: BoardDueAnswer, description: 'In `late`, `coming` and `unheld`.' })
  due?: BoardDueAnswer;

  @ApiPropertyOptional({ type: BoardPauseAnswer, description: 'In `paused`.' })
  pause?: BoardPauseAnswer;

  @ApiPropertyOptional({ type: BoardApprovalAnswer, description: 'In `approvals`.' })
  approval?: BoardApprovalAnswer;
}

/** One page of the board. */
@ApiSchema({
  name: 'BoardPage',
  description: 'What is most urgent first: late and due by their date, pauses and requests by how long they wait.',
})
export class BoardPageAnswer {
  @ApiProperty({ type: [BoardItemAnswer] })
  items!: readonly BoardItemAnswer[];

  @ApiPropertyOptional({ description: 'Give it as `after` for the next page; absent on the last one.' })
  next?: string;

  @ApiProperty({
    type: 'object',
    properties: Object.fromEntries(BOARD_PARTS.map((part) => [part, { type: 'integer', minimum: 0, maximum: 1000 }])),
    required: [...BOARD_PARTS],
    description: 'Lines of each part, counted up to 1,000.',
  })
  counts!: Readonly<Record<BoardPart, number>>;
}
