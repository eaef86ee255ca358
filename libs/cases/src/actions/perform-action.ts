import { Injectable } from '@nestjs/common';
import { decide, isInScope, visibleCases, type Permission, type Procedure, type RefusalCode } from '@recourse/domain';
import { inTransaction, lockTrack, type CaseFile, type Track } from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { requestApproval } from '../approvals/request-approval';
import { findVisibleCase } from '../desk/find-visible-case';
import type { FieldProblem } from '../filing/complaint';
import { openKeysAsStaff } from '../keys/case-keys';
import { refusalView, type RefusalView } from '../procedures/refusal-view';
import { RuleBook } from '../procedures/rule-book';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { carryOutAction } from './carry-out-action';
import { checkGiven } from './check-given';
import { collectFacts } from './collect-facts';
import type { GivenWithAction } from './take-action';

/** What {@link PerformAction} needs. */
export interface PerformActionInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  /** Id of the track (`TrackView.id`). */
  readonly track: string;
  readonly action: string;
  /** The revision on the page where the actor decided. */
  readonly seenRevision: number;
  /** The action's own inputs by name, as typed: dates `YYYY-MM-DD`, booleans `true`/`false`, ids for companies and staff. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Why, in the actor's words. Sealed. */
  readonly reason?: string;
  /** Text for the complainant. Sealed. */
  readonly message?: string;
  /** Closing outcome, when the action offers several. */
  readonly outcome?: string;
  readonly now: Date;
}

/**
 * - `not_found`: no such case or track, or not the actor's.
 * - `stale`: somebody moved the track since; `stage` and `revision` are where it is now.
 * - what {@link decide} says: `unknown_action`, `wrong_stage`, `role_not_allowed`, `not_on_team`, `guard_failed`, `closed`,
 *   `awaiting_approval`, `clock_not_running`, `clock_not_paused`, `no_extension_left`.
 * - `input_invalid`: problems by field; `reason`, `message` and `outcome` are fields too.
 */
export type PerformActionRefusal =
  | { readonly code: 'not_found' }
  | { readonly code: 'stale'; readonly stage: string; readonly revision: number }
  | {
      readonly code: RefusalCode;
      readonly guard?: string;
      readonly fact?: NonNullable<RefusalView['fact']>;
    }
  | { readonly code: 'input_invalid'; readonly problems: readonly FieldProblem[] };

/** Where the track is now, or why it did not move. */
export type PerformActionResult =
  | {
      readonly ok: true;
      readonly eventId: string;
      readonly stage: string;
      readonly revision: number;
      /** Present when nothing has moved yet: a second person was asked. */
      readonly approvalId?: string;
    }
  | { readonly ok: false; readonly refusal: PerformActionRefusal };

interface Allowed {
  readonly file: CaseFile;
  readonly track: Track;
  readonly procedure: Procedure;
  readonly decision: Permission;
  readonly given: GivenWithAction;
}

/**
 * Takes one action of a track's procedure: the only way a case changes. Read, decide, write: the track is locked and compared with the revision
 * the actor saw, the procedure decides, what was given is checked, and event, clocks, letter and outbox are written in the same transaction.
 */
@Injectable()
export class PerformAction {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run(input: PerformActionInput): Promise<PerformActionResult> {
    return inTransaction(this.dataSource, async (tx): Promise<PerformActionResult> => {
      const allowed = await this.decide(tx, input);
      return 'code' in allowed ? { ok: false, refusal: allowed } : this.perform(tx, input, allowed);
    });
  }

  private async decide(tx: EntityManager, input: PerformActionInput): Promise<Allowed | PerformActionRefusal> {
    const { actor } = input;
    const found = await findVisibleCase(tx, actor, input.reference);
    const isOfCase = found?.tracks.some(({ id }) => id === input.track) === true;
    const track = isOfCase ? await lockTrack(tx, input.track) : undefined;
    // Asked again under the lock: the track may have gone to another team meanwhile.
    if (found === undefined || track === undefined || !isInScope(visibleCases(actor), track)) {
      return { code: 'not_found' };
    }
    if (track.revision !== input.seenRevision) {
      return { code: 'stale', stage: track.stage, revision: track.revision };
    }
    const procedure = await this.rules.procedure(tx, track.procedureVersionId);
    const state = { stage: track.stage, revision: track.revision, closed: track.closedAt !== null };
    const onTeam = actor.teams.some(({ id }) => id === track.teamId);
    const who = { role: actor.role, staffId: actor.staffId, onTeam };
    const decision = decide(procedure, state, await collectFacts(tx, track, input.now), who, input.action);
    if (!decision.ok) {
      return { ...refusalView(procedure, decision.refusal), code: decision.refusal.code };
    }
    const { calendars } = this.rules;
    const checked = await checkGiven(tx, { action: decision.action, procedure, calendars, track, given: input });
    return checked.ok
      ? { file: found.file, track, procedure, decision, given: checked }
      : { code: 'input_invalid', problems: checked.problems };
  }

  private async perform(tx: EntityManager, input: PerformActionInput, allowed: Allowed): Promise<PerformActionResult> {
    const { actor, now } = input;
    const { file, track, procedure, decision, given } = allowed;
    const keys = await openKeysAsStaff(tx, actor, file.id);
    if (keys === undefined) {
      // On the team of the track, and nobody gave the team the case's key: it cannot be worked on.
      return { ok: false, refusal: { code: 'not_found' } };
    }
    if (decision.approval !== undefined) {
      const { approval } = decision;
      const { calendars } = this.rules;
      const request = { action: decision.action.code, approval, requestedBy: actor.staffId, given, key: keys[0] };
      const asking = { ...request, track, procedure, calendars, now };
      return { ok: true, ...(await requestApproval(tx, asking)), stage: track.stage, revision: track.revision };
    }
    const taking = { track, procedure, decision, given, staffId: actor.staffId, keys, now };
    return { ok: true, ...(await carryOutAction(tx, this.rules, taking)) };
  }
}
