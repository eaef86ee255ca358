import { IsIn, IsOptional, IsString } from 'class-validator';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { answerLimit, lineLimit, tooLong } from './within-limit';

/** Who did it. That somebody could not be identified is evidence, too (the Code, paragraph 43). */
export class WhoForm implements CrossChecked {
  @IsOptional()
  @IsString()
  company?: string;

  @IsOptional()
  @IsString()
  description?: string;

  @IsOptional()
  @IsIn(['yes'], said('intake-problems.choice'))
  unknown?: 'yes';

  crossCheck(): FieldProblem[] {
    return [...tooLong('company', this.company, lineLimit), ...tooLong('description', this.description, answerLimit)];
  }
}
