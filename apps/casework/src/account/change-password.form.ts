import { IsNotEmpty, MaxLength } from 'class-validator';
import { Verbatim, said, type CrossChecked, type FieldProblem } from '@recourse/web';

/** The password that somebody has, and twice the one they want. */
export class ChangePasswordForm implements CrossChecked {
  @Verbatim()
  @MaxLength(1000, said('casework-account.problems.current_password_wrong'))
  @IsNotEmpty(said('casework-account.problems.current_empty'))
  currentPassword!: string;

  @Verbatim()
  @MaxLength(1000, said('casework-account.problems.too_long'))
  @IsNotEmpty(said('casework-account.problems.new_empty'))
  newPassword!: string;

  @Verbatim()
  @MaxLength(1000, said('casework-account.problems.different'))
  @IsNotEmpty(said('casework-account.problems.again_empty'))
  newPasswordAgain!: string;

  crossCheck(): FieldProblem[] {
    const isSame = this.newPassword === this.newPasswordAgain;
    return isSame ? [] : [{ field: 'newPasswordAgain', key: 'casework-account.problems.different', params: {} }];
  }
}
