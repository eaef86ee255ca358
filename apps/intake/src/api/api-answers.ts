import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { ComplaintView } from '@recourse/cases';

/** Answer to a new complaint. */
@ApiSchema({
  name: 'Filed',
  description: 'The complaint is stored. The receipt is shown only here, and again to a repetition with the same key and body.',
})
export class FiledAnswer {
  @ApiProperty({ description: 'Not secret; opens nothing.', example: 'RC-7K2MQ-9XT4B' })
  reference!: string;

  @ApiProperty({
    description: '24 digits, ungrouped. The only way back to the complaint.',
    example: '000000000000000000000000',
    pattern: '^[0-9]{24}$',
  })
  receipt!: string;
}

/** Where one procedure stands. */
@ApiSchema({ name: 'Track', description: 'Where one procedure stands. Wordings are maps from BCP 47 tags to texts.' })
export class TrackAnswer {
  @ApiProperty()
  procedure!: string;

  @ApiProperty()
  stage!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { en: 'Received' } })
  stageWording!: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  meaning!: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  next!: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ format: 'date-time', description: 'When the clock that runs out next does so; absent when none runs.' })
  nextDueAt?: Date;

  @ApiPropertyOptional({ format: 'date', description: 'The same as a day where the institution counts its days.', example: '2026-11-24' })
  nextDueOn?: string;

  @ApiPropertyOptional({ description: 'True when it runs out in the middle of that day: then show the hour too.' })
  nextDueWithinTheDay?: boolean;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What is done by then, where the procedure says it to the public.',
  })
  nextDueName?: Readonly<Record<string, string>>;

  @ApiPropertyOptional({
    format: 'date',
    description: 'The day by which it should have been done first: it was not, and more time was given.',
    example: '2026-11-17',
  })
  missedOn?: string;

  @ApiProperty({ description: 'True when that moment has passed.' })
  late!: boolean;

  @ApiProperty({ description: 'True while the clock waits.' })
  paused!: boolean;

  @ApiPropertyOptional({ format: 'date', description: 'The day on which it goes on at the latest; absent while it waits for you.' })
  pausedUntilOn?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The same as missedOn, for what waits.' })
  pausedMissedOn?: string;

  @ApiProperty()
  closed!: boolean;

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  outcomeWording?: Readonly<Record<string, string>>;
}

/** One message. */
@ApiSchema({ name: 'Message', description: 'One message between the complainant and the staff.' })
export class MessageAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['to_complainant', 'from_complainant'] })
  direction!: 'to_complainant' | 'from_complainant';

  @ApiProperty({ format: 'date-time' })
  sentAt!: Date;

  @ApiProperty()
  body!: string;
}

/** The complaint behind a receipt. */
@ApiSchema({ name: 'OwnComplaint', description: 'The complaint as the person with the receipt sees it.' })
export class ComplaintAnswer {
  @ApiProperty()
  reference!: string;

  @ApiProperty({ format: 'date-time' })
  receivedAt!: Date;

  @ApiProperty({ description: 'BCP 47 tag of the text.' })
  language!: string;

  @ApiProperty({ type: [TrackAnswer] })
  tracks!: TrackAnswer[];

  @ApiProperty({ description: 'False where the rules of a track cannot be read: it is not among the tracks.' })
  areRulesReadable!: boolean;

  @ApiProperty({ description: 'Number of all messages, read with GET /api/v1/complaint/messages.' })
  messages!: number;

  @ApiProperty({ description: 'False once every track is closed and no message is taken any more.' })
  takesMessages!: boolean;
}

/** One page of the messages of a complaint. */
@ApiSchema({ name: 'Messages' })
export class MessagesAnswer {
  @ApiProperty({ type: [MessageAnswer], description: 'Oldest first.' })
  messages!: MessageAnswer[];

  @ApiPropertyOptional({ description: 'Give it as `before` for the messages before these; absent when there are none.' })
  earlier?: string;
}

/** Answer to a new message. */
@ApiSchema({ name: 'MessageSent' })
export class MessageSentAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  sentAt!: Date;
}

/** Answer to a new addition. */
@ApiSchema({ name: 'AdditionStored' })
export class AdditionStoredAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

/** Answer to a new file. */
@ApiSchema({ name: 'FileStored' })
export class FileStoredAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

/** The view of the use case as the API shows it. The narrative is not sent back: the tool that filed it has it. */
export function complaintAnswer(view: ComplaintView): ComplaintAnswer {
  return {
    reference: view.reference,
    receivedAt: view.receivedAt,
    language: view.language,
    tracks: view.tracks.map(trackAnswer),
    areRulesReadable: view.areRulesReadable,
    messages: view.messageCount,
    takesMessages: view.takesMessages,
  };
}

function trackAnswer(track: ComplaintView['tracks'][number]): TrackAnswer {
  const { procedure, stage, stageWording, meaning, next, late, paused, closed } = track;
  const { nextDueAt, nextDueOn, nextDueWithinTheDay, nextDueName, missedOn, pausedUntilOn, pausedMissedOn, outcomeWording } = track;
  return {
    procedure,
    stage,
    stageWording,
    meaning,
    next,
    late,
    paused,
    closed,
    ...(nextDueAt ? { nextDueAt } : {}),
    ...(nextDueOn ? { nextDueOn } : {}),
    ...(nextDueWithinTheDay === undefined ? {} : { nextDueWithinTheDay }),
    ...(nextDueName ? { nextDueName } : {}),
    ...(missedOn ? { missedOn } : {}),
    ...(pausedUntilOn ? { pausedUntilOn } : {}),
    ...(pausedMissedOn ? { pausedMissedOn } : {}),
    ...(outcomeWording ? { outcomeWording } : {}),
  };
}

/** The messages of the view. */
export function messagesAnswer({ messages, earlierMessages }: ComplaintView): MessagesAnswer {
  return {
    messages: messages.map(({ id, direction, sentAt, body }) => ({ id, direction, sentAt, body })),
    ...(earlierMessages === undefined ? {} : { earlier: earlierMessages }),
  };
}
