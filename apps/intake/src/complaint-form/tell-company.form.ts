import { IsIn, IsOptional } from 'class-validator';
import { said } from '@recourse/web';

export const tellCompanyChoices = ['ask_first', 'without_name', 'with_name', 'no'] as const;

/** Whether the company may be told. No answer means: ask first. */
export class TellCompanyForm {
  @IsOptional()
  @IsIn(tellCompanyChoices, said('intake-problems.choice'))
  tellCompany?: (typeof tellCompanyChoices)[number];
}
