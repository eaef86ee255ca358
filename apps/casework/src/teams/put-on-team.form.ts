import { IsIn, IsNotEmpty, MaxLength } from 'class-validator';
import { said } from '@recourse/web';

/** What somebody shall be on a team. */
export class PutBackForm {
  @IsIn(['member', 'lead'], said('casework-team.problems.role_missing'))
  teamRole!: 'member' | 'lead';
}

/** Who shall be on a team, by the name they sign in with, and what. */
export class AddMemberForm extends PutBackForm {
  @MaxLength(200, said('casework-team.problems.no_such_person'))
  @IsNotEmpty(said('casework-team.problems.name_empty'))
  signInName!: string;
}
