import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** An action was taken. */
@ApiSchema({ name: 'ActionTaken' })
export class ActionTakenAnswer {
  @ApiProperty({ format: 'uuid', description: 'Id of the event in the record.' })
  event!: string;

  @ApiProperty({ description: 'Where the track is now.' })
  stage!: string;

  @ApiProperty({ type: 'integer' })
  revision!: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'Present when nothing moved yet: a second person must agree. Id of the request.' })
  approval?: string;
}

/** A request for a second person was answered. */
@ApiSchema({ name: 'ApprovalAnswered' })
export class ApprovalAnsweredAnswer {
  @ApiProperty({ description: 'Where the track is now.' })
  stage!: string;

  @ApiProperty({ type: 'integer' })
  revision!: number;
}

/** A message was sent. */
@ApiSchema({ name: 'MessageSent' })
export class MessageSentAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  sentAt!: Date;
}

/** A track was given to somebody. */
@ApiSchema({ name: 'Assigned' })
export class AssignedAnswer {
  @ApiProperty({ type: 'integer' })
  revision!: number;
}
