import { findAction, type Approval, type Calendar } from '@recourse/domain';
import type { AwaitedAction } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import type { RuleBook } from '../procedures/rule-book';
import { isAboutRules } from '../procedures/unfit-rules';

/** What says until when a second person should have answered. */
export interface ApprovalRule {
  readonly approval: Approval;
  /** As published now. */
  readonly calendar: Calendar;
}

/** Undefined under rules that cannot be gone by, or where they no longer ask for a second person: `FindStuckCases` tells of those. */
export async function approvalRuleOf(
  tx: EntityManager,
  ruleBook: RuleBook,
  { procedureVersionId, action }: AwaitedAction,
): Promise<ApprovalRule | undefined> {
  try {
    const procedure = await ruleBook.procedure(tx, procedureVersionId);
    const approval = findAction(procedure, action)?.approval;
    const calendar = (await ruleBook.calendarsIn(tx)).get(procedure.calendar);
    return approval === undefined || calendar === undefined ? undefined : { approval, calendar };
  } catch (error) {
    if (isAboutRules(error)) {
      return undefined;
    }
    throw error;
  }
}
