import { IsNotEmpty, IsUUID } from 'class-validator';
import { said } from '@recourse/web';

/** A message to the complainant. Its length is the use case's rule. */
export class MessageForm {
  @IsNotEmpty(said('casework-case.problems.message_empty'))
  body!: string;

  /** Made with the page: pressing twice sends once. */
  @IsUUID()
  clientKey!: string;
}
