import { IsIn, IsOptional, IsString } from 'class-validator';
import { COUNTRY_CODES } from '@recourse/domain';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { answerLimit, tooLong } from './within-limit';

/** Where it happened: a country of the list, and the place in words. */
export class WhereForm implements CrossChecked {
  @IsOptional()
  @IsIn(COUNTRY_CODES, said('intake-problems.country'))
  country?: string;

  @IsOptional()
  @IsString()
  place?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('place', this.place, answerLimit);
  }
}
