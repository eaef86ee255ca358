import { IsIn, IsOptional, IsString } from 'class-validator';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { answerLimit, tooLong } from './within-limit';

export const dangers = ['yes', 'no', 'not_sure'] as const;

/** Is anybody in danger now, and what we should know so that nobody is put at risk. */
export class SafetyForm implements CrossChecked {
  @IsOptional()
  @IsIn(dangers, said('intake-problems.choice'))
  danger?: (typeof dangers)[number];

  @IsOptional()
  @IsString()
  safeToReply?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('safeToReply', this.safeToReply, answerLimit);
  }
}
