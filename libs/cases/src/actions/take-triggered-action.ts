import { Injectable } from '@nestjs/common';
import type { Triggered } from '@recourse/domain';
import { findDeadline, hasActedOn, inTransaction, listTracksOfCase, lockTrack } from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';
import { takeByItself } from './take-action';

/** What happened to which case. */
export interface TriggeredActionInput extends Triggered {
  readonly caseId: string;
  /** Only on this track; on every track of the case unless given. */
  readonly trackId?: string;
  /** When it happened: a track that came to its stage later is left alone. */
  readonly happenedAt: Date;
  /** The clock that ran out, and when it had to be over. */
  readonly deadline?: { readonly id: string; readonly dueAt: Date };
  /** Id of the outbox row that says so. */
  readonly cause: string;
  readonly now: Date;
}

/** Ids of the events that were written: one for each track that moved. */
export interface TriggeredActionResult {
  readonly eventIds: readonly string[];
}

/**
 * Lets the software take what a procedure has it do by itself, for instance go on when the complainant wrote. The worker calls it from the
 * outbox. Idempotent: the action keeps in the record what it was taken on. A track that came to its stage after what happened is left alone: a question
 * that was asked after the message is not answered by it. So is one whose clock was given more time, paused or stopped meanwhile: it has not run out.
 */
@Injectable()
export class TakeTriggeredAction {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run(input: TriggeredActionInput): Promise<TriggeredActionResult> {
    return inTransaction(this.dataSource, async (tx) => {
      const eventIds: string[] = [];
      const tracks = (await listTracksOfCase(tx, input.caseId)).filter(({ id }) => input.trackId === undefined || id === input.trackId);
      for (const { id } of tracks) {
        const eventId = await this.onTrack(tx, id, input);
        if (eventId !== undefined) {
          eventIds.push(eventId);
        }
      }
      return { eventIds };
    });
  }

  private async onTrack(
    tx: EntityManager,
    trackId: string,
    { happenedAt, now, cause, deadline, trigger, clock }: TriggeredActionInput,
  ): Promise<string | undefined> {
    const track = await lockTrack(tx, trackId);
    if (track === undefined || track.stageEnteredAt > happenedAt) {
      return undefined;
    }
    if ((deadline !== undefined && !(await isStillOver(tx, deadline, now))) || (await hasActedOn(tx, trackId, cause))) {
      return undefined;
    }
    const triggered = { trigger, ...(clock === undefined ? {} : { clock }) };
    const procedure = await this.rules.procedure(tx, track.procedureVersionId);
    const { calendars } = this.rules;
    return (await takeByItself(tx, { procedure, calendars, track, now, cause }, triggered))?.eventId;
  }
}

/** Read after the track was locked: whoever changes its clocks locks it first. */
async function isStillOver(tx: EntityManager, { id, dueAt }: { readonly id: string; readonly dueAt: Date }, now: Date): Promise<boolean> {
  const deadline = await findDeadline(tx, id);
  return deadline?.state === 'running' && deadline.dueAt.getTime() === dueAt.getTime() && dueAt <= now;
}
