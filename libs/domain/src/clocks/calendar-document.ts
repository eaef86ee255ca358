import type { Calendar, KnownSpan } from './calendar';
import type { HolidayPlace } from './holiday-source';

/** Why a day is not worked, or is worked by way of exception. */
export type DayReason = 'public_holiday' | 'holiday' | 'closure' | 'worked';

/** A day that a calendar names. */
export interface CalendarDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** In the words of the document, or of the data about public holidays. */
  readonly name: string;
  /** `public_holiday` from data about a country, `holiday` written out in the document, `closure` of the institution itself, `worked` although it is one of these. */
  readonly why: DayReason;
}

/** Where the public holidays of a calendar come from. */
export interface HolidayOrigin extends HolidayPlace {
  /** Name and edition of the data. */
  readonly source: string;
  readonly known: KnownSpan;
}

/** A calendar with everything its document said, every day written out. */
export interface CalendarDocument {
  readonly calendar: Calendar;
  /** In the order of the dates; of one date the last word counts, which is `worked` if there is one. */
  readonly days: readonly CalendarDay[];
  readonly origin?: HolidayOrigin;
}
