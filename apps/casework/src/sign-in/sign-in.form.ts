import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Verbatim, said } from '@recourse/web';
import { LONGEST_KEPT } from './kept-form';

/** What a member of staff types to come in. */
export class SignInForm {
  @MaxLength(200, said('casework-sign-in.problems.failed'))
  @IsNotEmpty(said('casework-sign-in.problems.name_empty'))
  signInName!: string;

  @Verbatim()
  @MaxLength(1000, said('casework-sign-in.problems.failed'))
  @IsNotEmpty(said('casework-sign-in.problems.password_empty'))
  password!: string;

  /** A form that came too late, sealed. */
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_KEPT)
  kept?: string;

  /** The page they wanted: a path of this site. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  next?: string;
}
