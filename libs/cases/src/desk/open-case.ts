import { Injectable, Logger } from '@nestjs/common';
import {
  errorCode,
  findTeam,
  hasContactRoute,
  inTransaction,
  listColleagues,
  listCompanies,
  listDeadlinesOfCase,
  findLastSeq,
  listEventPage,
  listEventsOfTypes,
  listEvidenceFiles,
  listIntakeItems,
  listMessages,
  listParties,
  listStaffNames,
  type CaseEventRow,
  type CaseFile,
  type Company,
  type Message,
  type StaffName,
  type Track,
} from '@recourse/persistence';
import type { Procedure } from '@recourse/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { ConversationWish } from '../conversation/conversation-page';
import { openKeysAsStaff, type CaseKeys } from '../keys/case-keys';
import { setKeysAside, type DamagedKey } from '../keys/damaged-keys';
import { RuleBook } from '../procedures/rule-book';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { approvalViews } from './approval-views';
import type { CaseView, TrackView } from './case-view';
import { toldIn } from './clock-news';
import { PAUSE_EVENTS } from './clock-pauses';
import { findVisibleCase, type VisibleCase } from './find-visible-case';
import { companyView, fileView, itemView, messageView, partyView, timelineEntry, type Opening } from './open-case-rows';
import { seenMark } from './seen-mark';
import { trackView } from './track-view';
import { additionsForStaff, messagesForStaff } from './unread-wish';

/** So many events of the record are opened at once. */
export const TIMELINE_PAGE = 100;

/** What {@link OpenCase} needs. */
export interface OpenCaseInput extends ConversationWish {
  /** `earlierTimeline` of the page behind it; absent for the end of the record. */
  readonly timelineBefore?: number;
  readonly actor: SignedInStaff;
  readonly reference: string;
  readonly now: Date;
}

/** `not_found` also for a case that is not the actor's. */
export type OpenCaseResult = { readonly ok: true; readonly view: CaseView } | { readonly ok: false; readonly code: 'not_found' };

/**
 * Opens a case for a member of staff, a page of its conversation and of its record at a time (the newest with all that is unread), and writes into the record that they did, once each time. It opens by whatever key
 * reaches it; what did not open on the way is set aside.
 */
@Injectable()
export class OpenCase {
  readonly #logger = new Logger('OpenCase');

  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run(input: OpenCaseInput): Promise<OpenCaseResult> {
    const damaged: DamagedKey[] = [];
    try {
      return await this.#open(input, damaged);
    } finally {
      // Whether it opened by another key or not at all: somebody has to look at what did not open.
      await this.#setAside(input, damaged);
    }
  }

  /** What cannot be set aside now is found again by whoever opens the case next: no reason to show no case, or to hide why it does not open. */
  async #setAside({ actor, now }: OpenCaseInput, damaged: readonly DamagedKey[]): Promise<void> {
    try {
      await setKeysAside(this.dataSource, actor, damaged, now);
    } catch (error) {
      this.#logger.error(`A key that does not open could not be set aside (${errorCode(error) ?? (error as Error).name})`);
    }
  }

  #open(input: OpenCaseInput, damaged: DamagedKey[]): Promise<OpenCaseResult> {
    const { actor, reference, now } = input;
    return inTransaction(this.dataSource, async (tx): Promise<OpenCaseResult> => {
      const found = await findVisibleCase(tx, actor, reference);
      const keys = found && (await openKeysAsStaff(tx, actor, found.file.id, damaged));
      if (found === undefined || keys === undefined) {
        return { ok: false, code: 'not_found' };
      }
      await appendToRecord(tx, {
        type: 'sealed_content_opened',
        payload: { what: 'case' },
        caseId: found.file.id,
        actor: { kind: 'staff', id: actor.staffId },
        now,
      });
      return { ok: true, view: await this.view(tx, found, keys, input) };
    });
  }

  private async view(tx: EntityManager, { file, tracks }: VisibleCase, keys: CaseKeys, input: OpenCaseInput): Promise<CaseView> {
    const { actor, now } = input;
    const companies = await listCompanies(tx);
    const trackIds = tracks.map(({ id }) => id);
    const { timelineBefore: before } = input;
    const lastSeq = await findLastSeq(tx, file.id);
    const { rows: events, earlier } = await listEventPage(tx, file.id, {
      trackIds,
      limit: TIMELINE_PAGE,
      ...(before === undefined ? {} : { before }),
    });
    const turns = await listEventsOfTypes(tx, file.id, TURNS);
    const messages = await listMessages(tx, file.id, await messagesForStaff(tx, file.id, input));
    const complaint = await listIntakeItems(tx, file.id, 'complaint', { limit: 1 });
    const additions = await listIntakeItems(tx, file.id, 'addition', await additionsForStaff(tx, file.id, tracks, input));
    const deadlines = await listDeadlinesOfCase(tx, file.id);
    const staff = await peopleIn(tx, events, messages.rows, tracks);
    const opening: Opening = { caseId: file.id, keys, staff, companies };
    const calendars = await this.rules.calendarsIn(tx);
    const procedures = new Map<string, Procedure>();
    const trackViews: TrackView[] = [];
    for (const track of tracks) {
      const procedure = await this.rules.procedure(tx, track.procedureVersionId);
      const approvals = await approvalViews(tx, { track, procedure, keys, actor, now });
      procedures.set(track.id, procedure);
      trackViews.push(await trackView(tx, { track, procedure, calendars, deadlines, staff, actor, now, events: turns, approvals }));
    }
    const procedureNow = ({ trackId }: CaseEventRow) => (trackId === null ? undefined : procedures.get(trackId));
    const reading = { calendars, deadlines, procedureOf: procedureThen(turns, procedures), procedureNow };
    return {
      ...factsOf(file, companies),
      deskTeam: await teamName(tx, file.deskTeamId),
      hasContactRoute: await hasContactRoute(tx, file.id),
      items: [...complaint.rows, ...additions.rows].map((item) => itemView(opening, item)),
      ...(additions.earlier === undefined ? {} : { earlierAdditions: additions.earlier }),
      parties: (await listParties(tx, file.id)).map((party) => partyView(opening, party)),
      tracks: trackViews,
      messages: messages.rows.map((message) => messageView(opening, message)),
      ...(messages.earlier === undefined ? {} : { earlierMessages: messages.earlier }),
      files: (await listEvidenceFiles(tx, file.id)).map((evidence) => fileView(opening, evidence)),
      timeline: events.map((event) => timelineEntry(opening, event, reading)),
      ...(earlier === undefined ? {} : { earlierTimeline: earlier }),
      seen: seenMark(lastSeq, { hasAllNews: isNewestPage(input), shown: messages.rows }),
      colleagues: await listColleagues(tx, tracks[0].teamId),
      companies: companies.map(companyView),
    };
  }
}

function factsOf(file: CaseFile, companies: readonly Company[]) {
  const company = companies.find(({ id }) => id === file.companyId);
  return {
    reference: file.reference,
    receivedAt: file.receivedAt,
    channel: file.channel,
    language: file.language,
    answerLanguage: file.answerLanguage,
    ...(file.country === null ? {} : { country: file.country }),
    kind: file.kind,
    anonymity: file.anonymity,
    ...(company === undefined ? {} : { company: companyView(company) }),
  };
}

/** What a reader of any page of the record has to know of all of it: the pauses of clocks, and when a track came under other rules. */
const TURNS = [...PAUSE_EVENTS, 'track_moved_to_version'] as const;

/** It has all that is unread, whatever the limit. */
function isNewestPage({ messagesBefore, additionsBefore }: ConversationWish): boolean {
  return messagesBefore === undefined && additionsBefore === undefined;
}

/** Under which procedure an event came about: that of its track, unless the track has moved to another version since. */
function procedureThen(events: readonly CaseEventRow[], procedures: ReadonlyMap<string, Procedure>) {
  const moves = events.filter(({ type }) => type === 'track_moved_to_version');
  return ({ trackId, seq }: CaseEventRow): Procedure | undefined =>
    trackId === null || moves.some((move) => move.trackId === trackId && move.seq > seq) ? undefined : procedures.get(trackId);
}

/** Everybody who is named in these rows, by id. */
async function peopleIn(
  tx: EntityManager,
  events: readonly CaseEventRow[],
  messages: readonly Message[],
  tracks: readonly Track[],
): Promise<ReadonlyMap<string, StaffName>> {
  const ids = [
    ...events.flatMap(({ actorKind, actorId }) => (actorKind === 'staff' && actorId !== null ? [actorId] : [])),
    ...events.flatMap((event) => [...toldIn(event, 'told'), ...toldIn(event, 'onBoard')]),
    ...messages.flatMap(({ authorStaffId }) => authorStaffId ?? []),
    ...tracks.flatMap(({ assigneeId }) => assigneeId ?? []),
  ];
  const names = await listStaffNames(tx, [...new Set(ids)]);
  return new Map(names.map((person) => [person.id, person]));
}

async function teamName(tx: EntityManager, id: string): Promise<{ readonly id: string; readonly name: string }> {
  return { id, name: (await findTeam(tx, id))?.name ?? '' };
}
