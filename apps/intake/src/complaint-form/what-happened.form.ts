import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { said, type CrossChecked, type FieldProblem } from '@recourse/web';
import { narrativeLimit, something, tooLong } from './within-limit';
import { writingLanguages } from './writing-languages';

/** The story, and the language it is written in. The only form with a field that must be filled. */
export class WhatHappenedForm implements CrossChecked {
  @Matches(something, said('intake-problems.narrative.empty'))
  @IsString(said('intake-problems.narrative.empty'))
  narrative!: string;

  @IsOptional()
  @IsIn(writingLanguages, said('intake-problems.language'))
  language?: string;

  crossCheck(): FieldProblem[] {
    return tooLong('narrative', this.narrative, narrativeLimit, 'intake-problems.narrative.too_long');
  }
}
