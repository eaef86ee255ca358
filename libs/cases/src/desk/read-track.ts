import { Injectable } from '@nestjs/common';
import { findLastAction, inTransaction, listColleagues, listCompanies } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';
import type { StaffIdentity } from '../staff/signed-in-staff';
import type { ActionView, CaseView, TrackView } from './case-view';
import { findVisibleCase } from './find-visible-case';
import { companyView } from './open-case-rows';
import { actionNow, trackView } from './track-view';

/** What {@link ReadTrack} needs. */
export interface ReadTrackInput {
  readonly actor: StaffIdentity;
  readonly reference: string;
  /** Id of the track. */
  readonly track: string;
  /** Code of the action that somebody wants to take. */
  readonly action: string;
  readonly now: Date;
}

/** A track with what an action's form can choose from; nothing that was sealed. */
export interface TrackPage extends Pick<CaseView, 'reference' | 'answerLanguage' | 'colleagues' | 'companies'> {
  readonly track: TrackView;
  readonly action: ActionView;
  /** The last action on this track and who took it; undefined before the first. */
  readonly lastAction?: { readonly action: string; readonly staffId: string | undefined };
}

/** `not_found` also for a case or track that is not the actor's, and for an action that the procedure does not have. */
export type ReadTrackResult = { readonly ok: true; readonly page: TrackPage } | { readonly ok: false; readonly code: 'not_found' };

/** Reads where a track stands and what can be done, without opening anything sealed: so nothing is written into the record. */
@Injectable()
export class ReadTrack {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run({ actor, reference, track: trackId, action: code, now }: ReadTrackInput): Promise<ReadTrackResult> {
    return inTransaction(this.dataSource, async (tx): Promise<ReadTrackResult> => {
      const found = await findVisibleCase(tx, actor, reference);
      const track = found?.tracks.find(({ id }) => id === trackId);
      if (found === undefined || track === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const procedure = await this.rules.procedure(tx, track.procedureVersionId);
      const wanted = await actionNow(tx, { track, procedure, actor, now }, code);
      if (wanted === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const last = await findLastAction(tx, track);
      const action = last?.payload['action'];
      return {
        ok: true,
        page: {
          reference: found.file.reference,
          answerLanguage: found.file.answerLanguage,
          colleagues: await listColleagues(tx, track.teamId),
          companies: (await listCompanies(tx)).map(companyView),
          track: await trackView(tx, {
            track,
            procedure,
            calendars: this.rules.calendars,
            deadlines: [],
            staff: new Map(),
            actor,
            now,
            events: [],
          }),
          action: wanted,
          ...(typeof action === 'string' ? { lastAction: { action, staffId: last?.actorId ?? undefined } } : {}),
        },
      };
    });
  }
}
