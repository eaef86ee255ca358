import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Verbatim, said } from '@recourse/web';

/** What a member of staff types to come in. */
export class SignInForm {
  @MaxLength(200, said('casework-sign-in.problems.failed'))
  @IsNotEmpty(said('casework-sign-in.problems.name_empty'))
  signInName!: string;

  @Verbatim()
  @MaxLength(1000, said('casework-sign-in.problems.failed'))
  @IsNotEmpty(said('casework-sign-in.problems.password_empty'))
  password!: string;

  /** The page they wanted: a path of this site. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  next?: string;
}
