import { IsOptional, IsString, Matches } from 'class-validator';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { answerLimit, tooLong } from './within-limit';

/** Where it happened. Whether the country exists is the use case's business; the list of the page has only real ones. */
export class WhereForm implements CrossChecked {
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, said('intake-problems.country'))
  country?: string;

  @IsOptional()
  @IsString()
  place?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('place', this.place, answerLimit);
  }
}
