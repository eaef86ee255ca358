import type { ComplaintTrack, ComplaintView, ConversationWish } from '@recourse/cases';
import { wordingIn } from '../process/process.page';

/** One track in the words of the page's language. */
export interface TrackPage {
  readonly stage: string;
  readonly meaning: string;
  readonly next: string;
  /** `YYYY-MM-DD`, as the institution counts its days. */
  readonly dueOn: string | undefined;
  /** The moment itself, where it matters because the clock counts minutes or hours. */
  readonly dueAt: Date | undefined;
  /** What is done by then, where the procedure says it to the public. */
  readonly dueName: string | undefined;
  /** `YYYY-MM-DD`: the first date, which was not kept. */
  readonly missedOn: string | undefined;
  readonly late: boolean;
  readonly paused: boolean;
  /** `YYYY-MM-DD`. */
  readonly pausedUntilOn: string | undefined;
  /** `YYYY-MM-DD`: the first date of what is paused, which was not kept. */
  readonly pausedMissedOn: string | undefined;
  readonly closed: boolean;
  readonly closedAt: Date | undefined;
  readonly outcome: string | undefined;
}

/** What the template of "my complaint" sees. */
export interface ComplaintPage {
  readonly reference: string;
  readonly receivedAt: Date;
  readonly language: string;
  readonly tracks: readonly TrackPage[];
  readonly areRulesReadable: boolean;
  /** Newest first: what was last said is what somebody comes for. */
  readonly messages: ComplaintView['messages'];
  /** Leads to those before them. */
  readonly earlierMessages: string | undefined;
  /** True where newer ones than these are on the page behind. */
  readonly areEarlierMessages: boolean;
  /** Of all pages. */
  readonly unread: number;
  /** True where something new is among the messages of this page. */
  readonly isNewsHere: boolean;
  readonly items: ComplaintView['items'];
  readonly earlierAdditions: string | undefined;
  readonly areEarlierAdditions: boolean;
  readonly files: ComplaintView['files'];
  readonly takesMessages: boolean;
}

/** The complaint as its page shows it. */
export function complaintPage(view: ComplaintView, language: string, wish: ConversationWish = {}): ComplaintPage {
  return {
    reference: view.reference,
    receivedAt: view.receivedAt,
    language: view.language,
    tracks: view.tracks.map((track) => trackPage(track, language)),
    areRulesReadable: view.areRulesReadable,
    messages: [...view.messages].reverse(),
    earlierMessages: view.earlierMessages,
    areEarlierMessages: wish.messagesBefore !== undefined,
    unread: view.unreadCount,
    isNewsHere: view.messages.some(({ isNew }) => isNew),
    items: view.items,
    earlierAdditions: view.earlierAdditions,
    areEarlierAdditions: wish.additionsBefore !== undefined,
    files: view.files,
    takesMessages: view.takesMessages,
  };
}

/** Where one procedure stands, in one language. */
export function trackPage(track: ComplaintTrack, language: string): TrackPage {
  return {
    stage: wordingIn(track.stageWording, language),
    meaning: wordingIn(track.meaning, language),
    next: wordingIn(track.next, language),
    dueOn: track.nextDueOn,
    dueAt: track.nextDueWithinTheDay ? track.nextDueAt : undefined,
    dueName: track.nextDueName && wordingIn(track.nextDueName, language),
    missedOn: track.missedOn,
    late: track.late,
    paused: track.paused,
    pausedUntilOn: track.pausedUntilOn,
    pausedMissedOn: track.pausedMissedOn,
    closed: track.closed,
    closedAt: track.closedAt,
    outcome: track.outcomeWording ? wordingIn(track.outcomeWording, language) : undefined,
  };
}
