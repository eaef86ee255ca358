/** What a member of staff is in the institution. */
export const STAFF_ROLES = ['officer', 'supervisor', 'director', 'administrator'] as const;
/** One of {@link STAFF_ROLES}. */
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What a member of staff is on a team. */
export const TEAM_ROLES = ['member', 'lead'] as const;
/** One of {@link TEAM_ROLES}. */
export type TeamRole = (typeof TEAM_ROLES)[number];

/** Who can take an action: a role of staff, or the software by itself. */
export const ACTOR_ROLES = [...STAFF_ROLES, 'system'] as const;
/** One of {@link ACTOR_ROLES}. */
export type ActorRole = (typeof ACTOR_ROLES)[number];

/**
 * What can make the software take an action: the complainant wrote, added or gave a file; the stage was just entered; a clock ran out; a track
 * that this one opened is over.
 */
export const ACTION_TRIGGERS = ['complainant_wrote', 'stage_entered', 'clock_ran_out', 'sub_track_closed'] as const;
/** One of {@link ACTION_TRIGGERS}. */
export type ActionTrigger = (typeof ACTION_TRIGGERS)[number];

/** What an action can ask for. `company` and `staff` are given as ids; naming a company makes it the respondent of the case. */
export const INPUT_TYPES = ['text', 'long_text', 'choice', 'date', 'company', 'staff', 'boolean'] as const;
/** One of {@link INPUT_TYPES}. */
export type InputType = (typeof INPUT_TYPES)[number];

/** The word for “stays in its stage” in `Action.to`; no stage may be called so. */
export const SAME_STAGE = 'same';
