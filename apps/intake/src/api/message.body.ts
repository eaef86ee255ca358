import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { messageLimit, something } from '../complaint-form/within-limit';
import { said } from './said-by-api';

/** A message to the staff. */
@ApiSchema({ name: 'NewMessage', description: 'A message from the complainant to the staff.' })
export class MessageBody {
  @ApiProperty({ maxLength: messageLimit })
  @MaxLength(messageLimit, said('too_long', { limit: messageLimit }))
  @Matches(something, said('empty'))
  @IsString(said('text'))
  body!: string;
}
