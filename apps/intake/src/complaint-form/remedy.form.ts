import { IsOptional, IsString } from 'class-validator';
import type { CrossChecked, FieldProblem } from '@recourse/web';
import { answerLimit, tooLong } from './within-limit';

/** What would help to put it right. */
export class RemedyForm implements CrossChecked {
  @IsOptional()
  @IsString()
  remedySought?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('remedySought', this.remedySought, answerLimit);
  }
}
