import { IsIn, IsOptional, IsString } from 'class-validator';
import { isMailAddress } from '@recourse/cases';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';

export const hoursChoices = ['any', 'day', 'evening'] as const;

/** Whether, where and when a nudge without content may be sent. No answer means no. */
export class ContactForm implements CrossChecked {
  @IsOptional()
  @IsIn(['no', 'email'], said('intake-problems.choice'))
  wanted?: 'no' | 'email';

  @IsOptional()
  @IsString()
  email?: string;

  @IsOptional()
  @IsIn(['yes'], said('intake-problems.choice'))
  neutral?: 'yes';

  @IsOptional()
  @IsIn(hoursChoices, said('intake-problems.choice'))
  hours?: (typeof hoursChoices)[number];

  crossCheck(): FieldProblem[] {
    const problem = this.emailProblem();
    return problem ? [{ field: 'email', key: `intake-problems.contact.${problem}`, params: {} }] : [];
  }

  private emailProblem(): 'email_missing' | 'email' | 'email_not_wanted' | undefined {
    if (this.wanted !== 'email') return this.email === undefined ? undefined : 'email_not_wanted';
    if (this.email === undefined) return 'email_missing';
    return isMailAddress(this.email) ? undefined : 'email';
  }
}
