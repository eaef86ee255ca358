import { IsIn, IsOptional, IsString } from 'class-validator';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { answerLimit, tooLong } from './within-limit';

export const harmedChoices = ['self', 'somebody_else', 'group', 'evidence', 'company_mechanism'] as const;

/** Who was harmed. The last two choices are complaints without a person who was harmed (DOMAIN §2). */
export class AffectedForm implements CrossChecked {
  @IsOptional()
  @IsIn(harmedChoices, said('intake-problems.choice'))
  harmed?: (typeof harmedChoices)[number];

  @IsOptional()
  @IsString()
  affected?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('affected', this.affected, answerLimit);
  }
}
