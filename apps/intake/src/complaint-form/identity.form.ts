import { IsIn, IsOptional, IsString } from 'class-validator';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { lineLimit, tooLong } from './within-limit';

export const anonymities = ['anonymous', 'confidential', 'open'] as const;

/** How far the person lets their name go. No answer means anonymous. */
export class IdentityForm implements CrossChecked {
  @IsOptional()
  @IsIn(anonymities, said('intake-problems.choice'))
  anonymity?: (typeof anonymities)[number];

  @IsOptional()
  @IsString()
  name?: string;

  crossCheck(): FieldProblem[] {
    // Asked instead of guessed: dropping the name could lose what somebody wanted to say, keeping it could betray them.
    const contradiction = this.name !== undefined && (this.anonymity ?? 'anonymous') === 'anonymous';
    return [
      ...(contradiction ? [{ field: 'name', key: 'intake-problems.name.anonymous', params: {} }] : []),
      ...tooLong('name', this.name, lineLimit),
    ];
  }
}
