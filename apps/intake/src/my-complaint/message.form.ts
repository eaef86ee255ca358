import { IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { messageLimit, something, tooLong } from '../complaint-form/within-limit';

const limitKey = 'intake-complaint.problems.too_long';

/** A message to the staff. `key` makes a double click one message. */
export class MessageForm implements CrossChecked {
  @Matches(something, said('intake-complaint.problems.message_empty'))
  @IsString(said('intake-complaint.problems.message_empty'))
  text!: string;

  @IsOptional()
  @IsUUID()
  key?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('text', this.text, messageLimit, limitKey);
  }
}

/** Something to add to what happened. */
export class AdditionForm implements CrossChecked {
  @Matches(something, said('intake-complaint.problems.add_empty'))
  @IsString(said('intake-complaint.problems.add_empty'))
  text!: string;

  @IsOptional()
  @IsUUID()
  key?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('text', this.text, messageLimit, limitKey);
  }
}
