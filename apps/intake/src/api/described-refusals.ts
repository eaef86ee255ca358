/** What several operations of the intake API are refused with, for their description. */

/** A browser says that another site sent it. */
export const fromElsewhere = { from_another_site: 'a page of another web site made a browser send it' };

/** The header that makes repeating safe is missing or can be guessed. */
export const keys = { idempotency_key_missing: '', key_not_a_uuid: 'the Idempotency-Key is no random UUID' };

/** More than is taken within 24 hours. */
export const tooMany = { too_many_today: 'the complaint was brought as much as is taken within 24 hours. Nothing was stored.' };

/** When it can be tried again. */
export const retryAfter = { 'Retry-After': { description: 'Seconds after which it is taken.', schema: { type: 'integer' as const } } };

/** More than one complaint can hold. */
export const caseFull = { case_full: 'one complaint takes no more, and waiting does not help' };
