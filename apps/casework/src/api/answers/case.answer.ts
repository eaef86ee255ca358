import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ACTOR_KINDS, ANONYMITIES, CASE_EVENT_TYPES, CHANNELS, COMPLAINT_KINDS, MEMBERSHIPS, PARTY_ROLES } from '@recourse/domain';
import type { IntakeAnswers } from '@recourse/cases';
import { StaffNameAnswer } from './queue.answer';
import { DurationAnswer, TeamNameAnswer, TrackAnswer } from './track.answer';
import { wording } from './wording';

const firingKinds = ['warning', 'due', 'escalation'] as const;

/** A company in the institution's list. */
@ApiSchema({ name: 'Company' })
export class CompanyAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiPropertyOptional({ description: 'ISO 3166-1 alpha-2 code.' })
  country?: string;

  @ApiProperty({ enum: MEMBERSHIPS })
  membership!: (typeof MEMBERSHIPS)[number];
}

const answered = {
  incidentOn: { type: 'string', format: 'date' },
  incidentWhen: { type: 'string' },
  place: { type: 'string' },
  companyDescription: { type: 'string' },
  affected: { type: 'string' },
  harmed: { type: 'string', enum: ['self', 'somebody_else', 'group', 'nobody_known'] },
  danger: { type: 'string', enum: ['yes', 'no', 'not_sure'] },
  tellCompany: { type: 'string', enum: ['ask_first', 'without_name', 'with_name', 'no'] },
  remedySought: { type: 'string' },
  name: { type: 'string' },
  safeToReply: { type: 'string' },
} as const satisfies Record<Exclude<keyof IntakeAnswers, 'narrative'>, object>;

/** The complaint or an addition, opened. */
@ApiSchema({ name: 'IntakeItem' })
export class IntakeItemAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['complaint', 'addition'] })
  kind!: 'complaint' | 'addition';

  @ApiProperty({ enum: CHANNELS })
  channel!: string;

  @ApiProperty()
  receivedAt!: Date;

  @ApiProperty({
    type: 'object',
    required: ['narrative'],
    properties: { narrative: { type: 'string' }, ...answered },
    description: 'What was answered; absent answers were not given. For an addition, `narrative` is its text.',
  })
  answers!: IntakeAnswers;
}

/** Somebody in the case. */
@ApiSchema({ name: 'Party' })
export class PartyAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: PARTY_ROLES })
  role!: string;

  @ApiPropertyOptional()
  name?: string;

  @ApiPropertyOptional({ type: CompanyAnswer })
  company?: CompanyAnswer;
}

/** One message, opened. */
@ApiSchema({ name: 'CaseMessage' })
export class CaseMessageAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['to_complainant', 'from_complainant'] })
  direction!: 'to_complainant' | 'from_complainant';

  @ApiPropertyOptional({ type: StaffNameAnswer })
  author?: StaffNameAnswer;

  @ApiProperty()
  sentAt!: Date;

  @ApiProperty()
  body!: string;

  @ApiPropertyOptional({ description: 'When the other side first read it.' })
  firstReadAt?: Date;
}

/** A file of the case, without its bytes: those are at `/api/v1/cases/{reference}/files/{id}`. */
@ApiSchema({ name: 'CaseFile', description: 'The bytes are at `/api/v1/cases/{reference}/files/{id}`.' })
export class CaseFileAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiPropertyOptional({ description: 'As declared by the sender; not believed.' })
  mediaType?: string;

  @ApiProperty()
  receivedAt!: Date;

  @ApiProperty({ type: 'integer' })
  sizeBytes!: number;
}

/** A moment of a clock. */
@ApiSchema({ name: 'ClockMoment' })
export class ClockMomentAnswer {
  @ApiProperty()
  at!: Date;

  @ApiProperty({ format: 'date', description: 'The day in the time zone of the clock’s calendar: what to show.' })
  on!: string;

  @ApiProperty({ description: 'True when it lies in the middle of that day: then show the hour too.' })
  withinTheDay!: boolean;
}

/** What happened to a clock. */
@ApiSchema({ name: 'ClockNews', description: 'What an event says of a clock; what it does not say is absent.' })
export class ClockNewsAnswer {
  @ApiProperty({ ...wording, description: 'What the procedure calls the clock.' })
  name!: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ type: ClockMomentAnswer, description: 'When it would have run out before it was moved.' })
  from?: ClockMomentAnswer;

  @ApiPropertyOptional({ type: ClockMomentAnswer, description: 'When it runs out.' })
  dueAt?: ClockMomentAnswer;

  @ApiPropertyOptional({ type: ClockMomentAnswer, description: 'When a pause ends by itself.' })
  until?: ClockMomentAnswer;

  @ApiPropertyOptional({ type: DurationAnswer, description: 'What is left of a paused clock.' })
  remaining?: DurationAnswer;

  @ApiPropertyOptional({ enum: firingKinds, isArray: true, description: 'What came due while nothing ran, oldest first.' })
  missed?: readonly (typeof firingKinds)[number][];

  @ApiPropertyOptional({ type: [StaffNameAnswer], description: 'Who was told.' })
  told?: readonly StaffNameAnswer[];

  @ApiPropertyOptional({ type: [StaffNameAnswer], description: 'For whom the board is enough.' })
  onBoard?: readonly StaffNameAnswer[];
}

/** One event of the record. */
@ApiSchema({ name: 'TimelineEntry', description: 'One event of the record. A later release may add types.' })
export class TimelineEntryAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'Its place in the record of this case, from 1.' })
  seq!: number;

  @ApiProperty({ enum: CASE_EVENT_TYPES })
  type!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Ids, codes and instants; by type.' })
  payload!: Readonly<Record<string, unknown>>;

  @ApiProperty()
  occurredAt!: Date;

  @ApiProperty({ enum: ACTOR_KINDS })
  actorKind!: (typeof ACTOR_KINDS)[number];

  @ApiPropertyOptional({ type: StaffNameAnswer })
  actor?: StaffNameAnswer;

  @ApiPropertyOptional({ description: 'What the member of staff wrote as the reason.' })
  reason?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, description: 'Sealed inputs of an action, by name.' })
  sealedInputs?: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ type: ClockNewsAnswer })
  clock?: ClockNewsAnswer;
}

/** A case, opened. */
@ApiSchema({ name: 'Case', description: 'A case, opened for one member of staff; that they opened it is in the record.' })
export class CaseAnswer {
  @ApiProperty({ example: 'RC-7K2MQ-9XT4B' })
  reference!: string;

  @ApiProperty()
  receivedAt!: Date;

  @ApiProperty({ enum: CHANNELS })
  channel!: string;

  @ApiProperty({ description: 'BCP 47 tag of the complaint’s text.' })
  language!: string;

  @ApiProperty({ description: 'BCP 47 tag of the language to answer in.' })
  answerLanguage!: string;

  @ApiPropertyOptional({ description: 'ISO 3166-1 alpha-2 code.' })
  country?: string;

  @ApiProperty({ enum: COMPLAINT_KINDS })
  kind!: string;

  @ApiProperty({ enum: ANONYMITIES })
  anonymity!: string;

  @ApiPropertyOptional({ type: CompanyAnswer })
  company?: CompanyAnswer;

  @ApiProperty({ type: TeamNameAnswer })
  deskTeam!: TeamNameAnswer;

  @ApiProperty({ description: 'True when the complainant chose a way to be nudged.' })
  hasContactRoute!: boolean;

  @ApiProperty({
    type: [IntakeItemAnswer],
    description:
      'The complaint and the last of what was added to it, oldest first. Without `additionsBefore`: all that is unread, however many.',
  })
  items!: readonly IntakeItemAnswer[];

  @ApiPropertyOptional({ description: 'Give it as `additionsBefore` for the additions before these; absent when there are none.' })
  earlierAdditions?: string;

  @ApiProperty({ type: [PartyAnswer] })
  parties!: readonly PartyAnswer[];

  @ApiProperty({ type: [TrackAnswer] })
  tracks!: readonly TrackAnswer[];

  @ApiProperty({
    type: [CaseMessageAnswer],
    description: 'The last ones, oldest first. Without `messagesBefore`: from the oldest unread on, whatever the limit.',
  })
  messages!: readonly CaseMessageAnswer[];

  @ApiPropertyOptional({ description: 'Give it as `messagesBefore` for the messages before these; absent when there are none.' })
  earlierMessages?: string;

  @ApiProperty({ type: [CaseFileAnswer] })
  files!: readonly CaseFileAnswer[];

  @ApiProperty({ type: [TimelineEntryAnswer], description: 'The end of the record, oldest first.' })
  timeline!: readonly TimelineEntryAnswer[];

  @ApiPropertyOptional({ type: 'integer', description: 'Give it as `timelineBefore` for what came before; absent when there is nothing.' })
  earlierTimeline?: number;

  @ApiProperty({ description: 'Give it back as `seen` of `read` to say that what is new on this page was read.' })
  seen!: string;

  @ApiProperty({ type: [StaffNameAnswer], description: 'Who is on the team of this case.' })
  colleagues!: readonly StaffNameAnswer[];

  @ApiProperty({ type: [CompanyAnswer], description: 'Companies that an input of type `company` can name.' })
  companies!: readonly CompanyAnswer[];
}
