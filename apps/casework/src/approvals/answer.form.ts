import { IsIn, IsOptional, IsString } from 'class-validator';

/** What can be answered to a request for a second person. */
export const approvalAnswers = ['agree', 'decline', 'take_back'] as const;

/** The answer of a second person, or of whoever asked. */
export class ApprovalAnswerForm {
  @IsIn(approvalAnswers)
  answer!: (typeof approvalAnswers)[number];

  /** Needed to decline; the use case says so. */
  @IsOptional()
  @IsString()
  reason?: string;
}
