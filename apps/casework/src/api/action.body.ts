import { IsInt, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, Min, ValidateBy } from 'class-validator';

const textValues = () =>
  ValidateBy({
    name: 'textValues',
    validator: { validate: (value: unknown) => typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string') },
  });

/** `POST /api/v1/cases/:reference/actions/:action`. */
export class ActionBody {
  /** Id of the track. */
  @IsUUID()
  track!: string;

  /** Revision on which the decision rests. */
  @Min(0)
  @IsInt()
  seenRevision!: number;

  @IsOptional()
  @IsString()
  reason?: string;

  /** Letter to the complainant. */
  @IsOptional()
  @IsString()
  message?: string;

  @IsOptional()
  @IsString()
  outcome?: string;

  /** The procedure's own inputs by name, as texts. */
  @IsOptional()
  @textValues()
  @IsObject()
  inputs?: Record<string, string>;
}

/** `POST /api/v1/cases/:reference/messages`. */
export class MessageBody {
  @IsNotEmpty()
  @IsString()
  body!: string;
}

/** `POST /api/v1/cases/:reference/assignment`. */
export class AssignmentBody {
  @IsUUID()
  track!: string;

  @Min(0)
  @IsInt()
  seenRevision!: number;

  /** Absent: back to the team. */
  @IsOptional()
  @IsUUID()
  assigneeId?: string;
}
