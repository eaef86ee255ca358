import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, Min, ValidateBy } from 'class-validator';

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
  /** Id of the track. */
  @IsUUID()
  @ApiProperty({ type: String })
  track!: string;

  /** Revision on which the decision rests. */
  @Min(0)
  @IsInt()
  @ApiProperty({ type: Number })
  seenRevision!: number;

  @IsOptional()
  @IsString()
  @ApiProperty({ type: String, required: false })
  reason?: string;

  /** Letter to the complainant. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: String, required: false })
  message?: string;

  @IsOptional()
  @IsString()
  @ApiProperty({ type: String, required: false })
  outcome?: string;

  /** The procedure's own inputs by name, as texts. */
  @IsOptional()
  @textValues()
  @IsObject()
  @ApiProperty({ required: false, type: Object, additionalProperties: { type: 'string' } })
  inputs?: Record<string, string>;
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
  @ApiProperty({ type: String })
  track!: string;

  @Min(0)
  @IsInt()
  @ApiProperty({ type: Number })
  seenRevision!: number;

  /** Absent: back to the team. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, required: false })
  assigneeId?: string;
}

/** `POST /api/v1/cases/:reference/read`. */
export class ReadQuery {
  /** `seq` of the last event of the timeline that was seen; absent: all until now. */
  @IsOptional()
  @Type(() => Number)
  @Min(0)
  @IsInt()
  @ApiPropertyOptional({ type: Number })
  seenSeq?: number;
}
