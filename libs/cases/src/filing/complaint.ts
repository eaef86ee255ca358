/**
 * What somebody tells the institution when they complain: everything the public form or a partner's tool may give.
 * Everything a person wrote is sealed before it is stored; only the coded fields stay readable.
 */
export interface Complaint {
  /** BCP 47 tag of the language the text is written in, for instance `fa` or `pt-MZ`. */
  readonly language: string;
  /** What happened, in the person's own words. The only text that must be there. */
  readonly narrative: string;
  /** Language in which the person would like to be answered; the language of the text when absent. */
  readonly answerLanguage?: string;
  /** Day of the incident, `YYYY-MM-DD`, when it is known. */
  readonly incidentOn?: string;
  /** When it happened, in words (“during the harvest”). */
  readonly incidentWhen?: string;
  /** Where it happened, in words. */
  readonly place?: string;
  /** ISO 3166 alpha-2 code of the country where it happened. Stays readable. */
  readonly country?: string;
  /** The company, or how to recognise it: a uniform, a dog, a pick-up. */
  readonly companyDescription?: string;
  /** Who was harmed, when that is not the person who writes. */
  readonly affected?: string;
  /** Who was harmed, as chosen: the person who writes, somebody else, several people, or nobody they know. */
  readonly harmed?: Harmed;
  /** Whether anybody is in danger now, as far as the person knows. */
  readonly danger?: Danger;
  /** Whether the company may be told; `ask_first` when absent. */
  readonly tellCompany?: TellCompany;
  /** What would put it right. */
  readonly remedySought?: string;
  /** `anonymous` when absent. Stays readable. */
  readonly anonymity?: Anonymity;
  /** What kind of complaint; `harm` when absent. Stays readable. */
  readonly kind?: ComplaintKind;
  /** How the person is called. Not kept when `anonymity` is `anonymous`. */
  readonly name?: string;
  /** What makes it safe or unsafe to answer, in the person's words. */
  readonly safeToReply?: string;
  /** A route for a nudge that says only that there is something to read. */
  readonly contact?: ContactWish;
}

/** Where, how and when a complainant wants to be nudged. The address is sealed to the worker's key. */
export interface ContactWish {
  readonly email: string;
  /** True when the institution's name must not appear. */
  readonly neutral: boolean;
  /** Language of the nudge; the answer language when absent. */
  readonly language?: string;
  /** Hours in which no nudge may arrive; any hour will do when absent. */
  readonly quiet?: QuietWish;
}

/** Hours of silence, in the complainant's own time. The same shape as `QuietHours` of notify. */
export interface QuietWish {
  /** `HH:MM`, the first minute of quiet. */
  readonly from: string;
  /** `HH:MM`, when a nudge is welcome again; earlier than `from` when the quiet spans midnight. */
  readonly until: string;
  /** IANA name of the time zone. */
  readonly timeZone: string;
}

/** Who was harmed, in the words of the form. Sealed. */
export type Harmed = 'self' | 'somebody_else' | 'group' | 'nobody_known';

/** Whether anybody is in danger. Sealed. */
export type Danger = 'yes' | 'no' | 'not_sure';

/** Consent to tell the company about the complaint. Sealed. */
export type TellCompany = 'ask_first' | 'without_name' | 'with_name' | 'no';

/** How far the complainant lets their name go. */
export type Anonymity = 'anonymous' | 'confidential' | 'open';

/** What is complained about: harm to somebody, evidence without a complainant, or a company's own mechanism. */
export type ComplaintKind = 'harm' | 'credible_evidence' | 'company_mechanism' | 'other';

/** How a complaint reached the institution. */
export type Channel = 'web_form' | 'api' | 'partner' | 'email' | 'officer_phone' | 'post' | 'in_person';

/** One field of a complaint or message that cannot be taken as it is. Never carries what was typed. */
export interface FieldProblem {
  readonly field: string;
  readonly code:
    | 'missing'
    | 'too_long'
    | 'not_a_language'
    | 'not_a_country'
    | 'not_a_date'
    | 'in_the_future'
    | 'not_an_address'
    | 'not_a_choice'
    | 'name_though_anonymous'
    | 'not_a_company'
    | 'not_on_team'
    | 'unknown_field';
  /** The largest number of characters (code points), for `too_long`. */
  readonly limit?: number;
}
