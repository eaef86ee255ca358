import { Type } from 'class-transformer';
import { IsInt, Min } from 'class-validator';

/** "I have read it", said of what the page showed. */
export class MarkReadForm {
  /** Number of the last event that the page showed. */
  @Type(() => Number)
  @Min(0)
  @IsInt()
  seenSeq!: number;
}
