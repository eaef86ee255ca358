import type { Danger, Harmed, TellCompany } from './complaint';

/** What was answered; sealed as JSON in `intake_item.sealed_answers`. Absent answers were not given. */
export interface IntakeAnswers {
  /** For an addition, its text. */
  readonly narrative: string;
  readonly incidentOn?: string;
  readonly incidentWhen?: string;
  readonly place?: string;
  readonly companyDescription?: string;
  readonly affected?: string;
  readonly harmed?: Harmed;
  readonly danger?: Danger;
  readonly tellCompany?: TellCompany;
  readonly remedySought?: string;
  readonly name?: string;
  readonly safeToReply?: string;
}
