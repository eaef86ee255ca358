import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { messageLimit, something } from '../complaint-form/within-limit';
import { said } from './said-by-api';

/** Something to add to what happened. */
@ApiSchema({
  name: 'NewAddition',
  description: 'Something to add to what was told. It becomes part of the complaint; a message is a letter to the staff.',
})
export class AdditionBody {
  @ApiProperty({ maxLength: messageLimit })
  @MaxLength(messageLimit, said('too_long', { limit: messageLimit }))
  @Matches(something, said('empty'))
  @IsString(said('text'))
  text!: string;
}
