/** Whom a kind of notification speaks to. */
export type RecipientKind = 'staff' | 'complainant';

/**
 * Every kind of notification, whom it speaks to, and the parameters its templates may and must use. Stored in `notification.kind`.
 *
 * Parameters for staff are a reference, the words of a published procedure, dates, and a link into casework; never anything that somebody wrote.
 * What a complainant gets says only that there is something to read. The neutral form names neither the institution nor the matter, because a
 * phone is shared and a screen is read by others.
 */
export const NOTIFICATION_KINDS = {
  staff_new_complaint: { recipient: 'staff', params: ['reference', 'link'] },
  staff_complaint_added_to: { recipient: 'staff', params: ['reference', 'link'] },
  staff_message_received: { recipient: 'staff', params: ['reference', 'link'] },
  staff_track_assigned: { recipient: 'staff', params: ['reference', 'link'] },
  staff_tracks_put_back: { recipient: 'staff', params: ['reference', 'link'] },
  staff_put_on_team: { recipient: 'staff', params: ['accountLink'] },
  staff_action_taken: { recipient: 'staff', params: ['reference', 'link'] },
  staff_approval_requested: { recipient: 'staff', params: ['reference', 'link'] },
  staff_approval_answered: { recipient: 'staff', params: ['reference', 'link'] },
  staff_clock_warning: { recipient: 'staff', params: ['reference', 'link', 'stage', 'clock', 'dueOn'] },
  staff_clock_ran_out: { recipient: 'staff', params: ['reference', 'link', 'stage', 'clock', 'dueOn'] },
  staff_clock_escalated: { recipient: 'staff', params: ['reference', 'link', 'stage', 'clock', 'dueOn'] },
  staff_clock_missed: { recipient: 'staff', params: ['reference', 'link', 'stage', 'clock', 'dueOn', 'missed'] },
  staff_clock_set_aside: { recipient: 'staff', params: ['reference', 'link', 'setAsideLink'] },
  staff_stuck_cases: { recipient: 'staff', params: ['reference', 'link'] },
  complainant_something_to_read: { recipient: 'complainant', params: ['institution', 'address'] },
  complainant_something_to_read_neutral: { recipient: 'complainant', params: [] },
} as const satisfies Record<string, { readonly recipient: RecipientKind; readonly params: readonly string[] }>;

/** Name of a kind of notification. */
export type NotificationKind = keyof typeof NOTIFICATION_KINDS;

/** The parameters that the templates of kind `K` need: all of them, each a finished text in the recipient's language. */
export type NotificationParams<K extends NotificationKind> = Readonly<Record<(typeof NOTIFICATION_KINDS)[K]['params'][number], string>>;

/** Every kind, in the order in which the documentation lists them. */
export const ALL_NOTIFICATION_KINDS = Object.keys(NOTIFICATION_KINDS) as readonly NotificationKind[];

/**
 * Tells whether `value` is a kind this release knows.
 * @param value text of `notification.kind`
 */
export function isNotificationKind(value: string): value is NotificationKind {
  return Object.hasOwn(NOTIFICATION_KINDS, value);
}

/**
 * Whom a kind speaks to.
 * @param kind the kind
 */
export function recipientKindOf(kind: NotificationKind): RecipientKind {
  return NOTIFICATION_KINDS[kind].recipient;
}
