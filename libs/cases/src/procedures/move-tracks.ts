import { Injectable } from '@nestjs/common';
import { parseMapping, WaysOut, type Problem, type VersionMapping } from '@recourse/domain';
import { findProcedureVersionByNumber, inTransaction, isDatabaseAway, listOpenTracksOfVersion } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { moveTrackToVersion, type MovedTrack, type VersionMove } from './move-track-to-version';
import { RuleBook } from './rule-book';

/** Tracks read at a time. */
const PAGE = 200;

/** What {@link MoveTracks} needs. */
export interface MoveTracksInput {
  readonly procedure: string;
  /** Numbers of published versions. */
  readonly from: number;
  readonly to: number;
  /** How codes of the one correspond to codes of the other. */
  readonly mapping: { readonly text: string; readonly fileName: string };
  /** True to work everything out and change nothing. */
  readonly isPreview: boolean;
  readonly now: Date;
}

/** What was done, or would be. */
export interface MoveReport {
  /** In the order of their ids. */
  readonly moved: readonly (MovedTrack & { readonly reference: string })[];
  /** Tracks that could not be moved, or, in a preview, would not be; each stays as it was. Run it again once the reason is mended. */
  readonly failed: readonly FailedMove[];
}

/**
 * - `no_way_out`: nobody on its team could ever close it in this stage of the new version, given what was done on it and what was not.
 * - `error`: something else went wrong.
 */
export type FailedMove =
  | { readonly reference: string; readonly reason: 'no_way_out'; readonly stage: string }
  | { readonly reference: string; readonly reason: 'error'; readonly error: unknown };

/**
 * - `unknown_version`: no such version is published.
 * - `same_version`: there is nothing to move.
 * - `invalid`: the mapping has mistakes, or leaves a track nowhere; every problem is listed, and nothing was changed.
 */
export type MoveTracksResult =
  | { readonly ok: true; readonly report: MoveReport }
  | { readonly ok: false; readonly code: 'unknown_version'; readonly version: number }
  | { readonly ok: false; readonly code: 'same_version' }
  | { readonly ok: false; readonly code: 'invalid'; readonly problems: readonly Problem[] };

/**
 * Moves the open tracks of one published version of a procedure to another one, but for those that nobody could close there. Each is moved in a transaction of its own and recorded in its case, so that a run that
 * was cut off, or two at once, are mended by running it again; an officer who had the case open is told that it changed. Run as the owner.
 */
@Injectable()
export class MoveTracks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ruleBook: RuleBook,
  ) {}

  async run(input: MoveTracksInput): Promise<MoveTracksResult> {
    if (input.from === input.to) {
      return { ok: false, code: 'same_version' };
    }
    const tx = this.dataSource.manager;
    const from = await findProcedureVersionByNumber(tx, input.procedure, input.from);
    const to = await findProcedureVersionByNumber(tx, input.procedure, input.to);
    if (from === undefined || to === undefined) {
      return { ok: false, code: 'unknown_version', version: from === undefined ? input.from : input.to };
    }
    const before = await this.ruleBook.procedureOf(tx, from);
    const after = await this.ruleBook.procedureOf(tx, to);
    const parsed = parseMapping(input.mapping.text, input.mapping.fileName, before, after);
    if (!parsed.ok) {
      return { ok: false, code: 'invalid', problems: parsed.problems };
    }
    const move = { fromVersionId: from.id, toVersionId: to.id, before, after, waysOut: new WaysOut(after) };
    return { ok: true, report: await this.#moveAll({ ...move, mapping: parsed.mapping }, input) };
  }

  async #moveAll(
    move: Omit<VersionMove, 'calendars' | 'now' | 'isPreview'> & { readonly mapping: VersionMapping },
    { isPreview, now }: MoveTracksInput,
  ): Promise<MoveReport> {
    const moved: (MovedTrack & { reference: string })[] = [];
    const failed: FailedMove[] = [];
    let after: string | undefined;
    do {
      const page = await listOpenTracksOfVersion(this.dataSource.manager, move.fromVersionId, PAGE, after);
      for (const { id, reference } of page) {
        try {
          const done = await inTransaction(this.dataSource, async (tx) => {
            const calendars = await this.ruleBook.calendarsIn(tx);
            return moveTrackToVersion(tx, id, { ...move, calendars, isPreview, now });
          });
          // Closed or moved since it was listed: then it is nothing to move.
          if (done === undefined) {
            continue;
          }
          if ('strandedIn' in done) {
            failed.push({ reference, reason: 'no_way_out', stage: done.strandedIn });
          } else {
            moved.push({ reference, ...done });
          }
        } catch (error) {
          if (isDatabaseAway(error)) {
            throw error;
          }
          failed.push({ reference, reason: 'error', error });
        }
      }
      after = page.at(-1)?.id;
    } while (after !== undefined);
    return { moved, failed };
  }
}
