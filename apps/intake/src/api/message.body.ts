import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { narrativeLimit, something } from '../complaint-form/within-limit';
import { said } from './said-by-api';

/** A message to the staff. */
@ApiSchema({ name: 'NewMessage', description: 'A message from the complainant to the staff.' })
export class MessageBody {
  @ApiProperty({ maxLength: narrativeLimit })
  @IsString(said('text'))
  @Matches(something, said('empty'))
  @MaxLength(narrativeLimit, said('too_long', { limit: narrativeLimit }))
  body!: string;
}
