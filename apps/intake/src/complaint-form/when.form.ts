import { IsOptional, IsString } from 'class-validator';
import type { CrossChecked, FieldProblem, FormCircumstances } from '@recourse/web';
import { dateProblem, readPartialDate } from './partial-date';
import { answerLimit, tooLong } from './within-limit';

/** When it happened: a day, a month with its year, a year, and whatever the person would rather say in words. */
export class WhenForm implements CrossChecked {
  @IsOptional()
  @IsString()
  dateDay?: string;

  @IsOptional()
  @IsString()
  dateMonth?: string;

  @IsOptional()
  @IsString()
  dateYear?: string;

  @IsOptional()
  @IsString()
  inWords?: string;

  crossCheck({ today }: FormCircumstances): FieldProblem[] {
    const reading = readPartialDate({ day: this.dateDay, month: this.dateMonth, year: this.dateYear }, today);
    return [...(reading.ok ? [] : [dateProblem(reading.reason)]), ...tooLong('inWords', this.inWords, answerLimit)];
  }
}
