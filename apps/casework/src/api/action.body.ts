import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SEEN_MARK } from '@recourse/cases';
import { IsIn, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, Matches, Min, ValidateBy } from 'class-validator';

const textValues = () =>
  ValidateBy({
    name: 'textValues',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string'),
    },
  });

/** `POST /api/v1/cases/:reference/actions/:action`. */
export class ActionBody {
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', description: 'Id of the track.' })
  track!: string;

  @Min(0)
  @IsInt()
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Revision of the track on which the decision rests.' })
  seenRevision!: number;

  @IsOptional()
  @IsString()
  @ApiPropertyOptional({ type: String, description: 'Why, for the record. Sealed.' })
  reason?: string;

  @IsOptional()
  @IsString()
  @ApiPropertyOptional({ type: String, description: 'Letter to the complainant. Sealed.' })
  message?: string;

  @IsOptional()
  @IsString()
  @ApiPropertyOptional({ type: String, description: 'Code of the closing outcome, where there is a choice.' })
  outcome?: string;

  @IsOptional()
  @textValues()
  @IsObject()
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The inputs of the action by name, as texts.',
  })
  inputs?: Record<string, string>;
}

/** `POST /api/v1/cases/:reference/approvals/:approval`. */
export class ApprovalAnswerBody {
  @IsIn(['agree', 'decline', 'take_back'])
  @ApiProperty({ enum: ['agree', 'decline', 'take_back'], description: '`take_back` is for whoever asked.' })
  answer!: 'agree' | 'decline' | 'take_back';

  @IsOptional()
  @IsString()
  @ApiPropertyOptional({ type: String, description: 'Why; needed to decline. Sealed.' })
  reason?: string;
}

/** `POST /api/v1/cases/:reference/messages`. */
export class MessageBody {
  @IsNotEmpty()
  @IsString()
  @ApiProperty({ type: String })
  body!: string;
}

/** `POST /api/v1/cases/:reference/assignment`. */
export class AssignmentBody {
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', description: 'Id of the track.' })
  track!: string;

  @Min(0)
  @IsInt()
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Revision of the track on which the decision rests.' })
  seenRevision!: number;

  @IsOptional()
  @IsUUID()
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'Absent: back to the team.' })
  assigneeId?: string;
}

/** `POST /api/v1/cases/:reference/read`. */
export class ReadQuery {
  /** `seen` of the page that was read; absent: all until now. */
  @IsOptional()
  @IsString()
  @Matches(SEEN_MARK)
  @ApiPropertyOptional()
  seen?: string;
}
