import type { Wording } from '@recourse/domain';

/** What somebody with a receipt sees of their complaint. */
export interface ComplaintView {
  readonly reference: string;
  readonly receivedAt: Date;
  /** BCP 47 tag of the complaint's text. */
  readonly language: string;
  readonly answerLanguage: string;
  readonly tracks: readonly ComplaintTrack[];
  /** False where the rules of a track are not what was published: it is not among the tracks, for nobody can say where it stands. */
  readonly areRulesReadable: boolean;
  /** One page of them, oldest first. */
  readonly messages: readonly ComplaintMessage[];
  /** Give it as `messagesBefore` for the page before; absent when there is none. */
  readonly earlierMessages?: string;
  /** How many messages there are in all, and how many for the complainant were unread before this visit. */
  readonly messageCount: number;
  readonly unreadCount: number;
  /** The complaint itself and one page of what was added later, oldest first. */
  readonly items: readonly ComplaintItem[];
  /** Give it as `additionsBefore` for the page before; absent when there is none. */
  readonly earlierAdditions?: string;
  readonly files: readonly ComplaintFile[];
  /** False once every track is closed and the institution takes no more messages. */
  readonly takesMessages: boolean;
}

/** Where one procedure stands, in plain words. */
export interface ComplaintTrack {
  readonly procedure: string;
  readonly stage: string;
  readonly stageWording: Wording;
  readonly meaning: Wording;
  readonly next: Wording;
  readonly stageEnteredAt: Date;
  /** When the clock that runs out next does so, be it that another one is paused; absent when none runs (then see `paused`). */
  readonly nextDueAt?: Date;
  /** The same as a day of the clock's calendar, `YYYY-MM-DD`: what to show. */
  readonly nextDueOn?: string;
  /** True when it runs out in the middle of that day: then show the hour too. */
  readonly nextDueWithinTheDay?: boolean;
  /** What is done by then, where the procedure names that clock for the public. */
  readonly nextDueName?: Wording;
  /** The day by which it should have been done first, `YYYY-MM-DD`: it was not, and the clock was given more time. */
  readonly missedOn?: string;
  /** True when that moment has passed. */
  readonly late: boolean;
  /** True when the clock waits, usually for the complainant. */
  readonly paused: boolean;
  /** The day on which a paused clock goes on at the latest, `YYYY-MM-DD`; absent when it waits for the complainant. */
  readonly pausedUntilOn?: string;
  /** As `missedOn`, of a clock that waits. */
  readonly pausedMissedOn?: string;
  readonly closed: boolean;
  readonly closedAt?: Date;
  readonly outcome?: string;
  readonly outcomeWording?: Wording;
}

/** One message between the complainant and the staff. */
export interface ComplaintMessage {
  readonly id: string;
  readonly direction: 'to_complainant' | 'from_complainant';
  readonly sentAt: Date;
  readonly body: string;
  /** True for a message to the complainant that was not read before this visit. */
  readonly isNew: boolean;
}

/** The complaint or something added to it later. */
export interface ComplaintItem {
  readonly id: string;
  readonly kind: 'complaint' | 'addition';
  readonly receivedAt: Date;
  readonly text: string;
}

/** A file the complainant gave. */
export interface ComplaintFile {
  readonly id: string;
  readonly name: string;
  readonly receivedAt: Date;
  readonly sizeBytes: number;
}
