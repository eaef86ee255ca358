/** How a complaint reached the institution. */
export const CHANNELS = ['web_form', 'api', 'partner', 'email', 'officer_phone', 'post', 'in_person'] as const;
/** One of {@link CHANNELS}. */
export type Channel = (typeof CHANNELS)[number];

/** What is complained about: harm to somebody, evidence without a complainant, a company's own mechanism, something else. */
export const COMPLAINT_KINDS = ['harm', 'credible_evidence', 'company_mechanism', 'other'] as const;
/** One of {@link COMPLAINT_KINDS}. */
export type ComplaintKind = (typeof COMPLAINT_KINDS)[number];

/** How far the complainant lets their name go: unknown to all, known to the institution only, known to the company too. */
export const ANONYMITIES = ['anonymous', 'confidential', 'open'] as const;
/** One of {@link ANONYMITIES}. */
export type Anonymity = (typeof ANONYMITIES)[number];

/** Whether a company belonged to the association, on a given day. */
export const MEMBERSHIPS = ['member', 'former_member', 'not_member'] as const;
/** One of {@link MEMBERSHIPS}. */
export type Membership = (typeof MEMBERSHIPS)[number];

/** Who somebody is in a case. The filer, the affected person and the witness are different people. */
export const PARTY_ROLES = ['complainant', 'affected_person', 'representative', 'witness', 'respondent'] as const;
/** One of {@link PARTY_ROLES}. */
export type PartyRole = (typeof PARTY_ROLES)[number];
