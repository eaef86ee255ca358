import type { ComplaintTrack, ComplaintView, Wording } from '@recourse/cases';

/** One track in the words of the page's language. */
export interface TrackPage {
  readonly stage: string;
  readonly meaning: string;
  readonly next: string;
  readonly dueAt: Date | undefined;
  readonly paused: boolean;
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
  /** Newest first: what was last said is what somebody comes for. */
  readonly messages: ComplaintView['messages'];
  readonly unread: number;
  readonly items: ComplaintView['items'];
  readonly files: ComplaintView['files'];
  readonly takesMessages: boolean;
}

/** The complaint as its page shows it. */
export function complaintPage(view: ComplaintView, language: string): ComplaintPage {
  return {
    reference: view.reference,
    receivedAt: view.receivedAt,
    language: view.language,
    tracks: view.tracks.map((track) => trackPage(track, language)),
    messages: [...view.messages].reverse(),
    unread: view.messages.filter((message) => message.isNew).length,
    items: view.items,
    files: view.files,
    takesMessages: view.takesMessages,
  };
}

/** Where one procedure stands, in one language. */
export function trackPage(track: ComplaintTrack, language: string): TrackPage {
  return {
    stage: inLanguage(track.stageWording, language),
    meaning: inLanguage(track.meaning, language),
    next: inLanguage(track.next, language),
    dueAt: track.nextDueAt,
    paused: track.paused,
    closed: track.closed,
    closedAt: track.closedAt,
    outcome: track.outcomeWording ? inLanguage(track.outcomeWording, language) : undefined,
  };
}

/**
 * A track keeps the procedure it started under, which may be older than a language of the pages: then the first
 * language it has is better than nothing.
 */
function inLanguage(wording: Wording, language: string): string {
  return wording[language] ?? Object.values(wording)[0] ?? '';
}
