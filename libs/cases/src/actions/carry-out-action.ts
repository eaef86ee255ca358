import type { Permission, Procedure } from '@recourse/domain';
import type { Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { storeLetter } from '../conversation/store-letter';
import type { CaseKeys } from '../keys/case-keys';
import type { RuleBook } from '../procedures/rule-book';
import { findSubTrack } from './find-sub-track';
import { nameRespondent } from './name-respondent';
import { takeAction, type GivenWithAction, type TakenAction } from './take-action';

/** An action of a member of staff that was decided to be allowed. */
export interface ActionToCarryOut {
  /** As read under lock. */
  readonly track: Track;
  readonly procedure: Procedure;
  readonly decision: Permission;
  readonly given: GivenWithAction;
  /** In whose name: whoever takes it, or asked a second person for it. */
  readonly staffId: string;
  readonly keys: CaseKeys;
  /** The request to which a second person agreed. */
  readonly approvalId?: string;
  readonly now: Date;
}

/** Takes an action with everything that was given with it: the letter is stored, the company named, and the track moved. */
export async function carryOutAction(tx: EntityManager, rules: RuleBook, action: ActionToCarryOut): Promise<TakenAction> {
  const { track, procedure, decision, given, staffId, keys, now } = action;
  const { caseId } = track;
  const { message } = given;
  const messageId = message === undefined ? undefined : v7();
  if (message !== undefined && messageId !== undefined) {
    await storeLetter(tx, { messageId, caseId, authorStaffId: staffId, keys, body: message, now });
  }
  if (given.companyId !== undefined) {
    await nameRespondent(tx, caseId, given.companyId, now);
  }
  const subTrack = await findSubTrack(tx, rules, decision.action);
  return takeAction(tx, {
    procedure,
    calendars: rules.calendars,
    track,
    decision,
    actor: { kind: 'staff', id: staffId },
    given,
    ...(messageId === undefined ? {} : { messageId }),
    ...(action.approvalId === undefined ? {} : { approvalId: action.approvalId }),
    ...(subTrack === undefined ? {} : { subTrack }),
    key: keys[0],
    now,
  });
}
