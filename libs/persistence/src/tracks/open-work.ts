/**
 * What is wrong with open work, as conditions: `t` is a track, `d` a clock of it, `a` a request for a second person. The search for stuck cases and the
 * supervisor's board read the same ones, so that a rule has one place.
 */

/** The machine stopped trying to fire a clock that has not ended. */
export const CLOCK_SET_ASIDE = `d.set_aside_at IS NOT NULL AND d.state IN ('running', 'paused')`;

/** A clock waits, and nobody wrote down why. */
export const PAUSE_WITHOUT_REASON = `d.state = 'paused' AND d.pause_reason_code IS NULL`;

/** A clock waits and will not go on by itself, while no other clock of the track runs or will. A planned end that lost its moment is none. */
export const PAUSE_WITHOUT_END = `d.state = 'paused' AND d.set_aside_at IS NULL AND (d.pause_until IS NULL OR d.next_fire_at IS NULL)
  AND NOT EXISTS (SELECT FROM deadline other WHERE other.track_id = t.id AND other.state = 'running')
  AND NOT EXISTS (SELECT FROM deadline other WHERE other.track_id = t.id AND other.state = 'paused' AND other.id <> d.id
                  AND other.pause_until IS NOT NULL AND other.next_fire_at IS NOT NULL)`;

/** A second person was asked, and the time for an answer was over at `now`, a parameter as `$1`. */
export function approvalIsOverdue(now: string): string {
  return `a.state = 'waiting' AND a.answer_due_at < ${now}`;
}

/** Somebody on a team who may open its cases: `s` is their account. Administrators may not. */
export const MAY_OPEN = `s.active AND s.role <> 'administrator'`;

/** A track is in nobody's hands: it was given to nobody, or to somebody who has left the team or the institution. */
export const UNHELD = `NOT EXISTS (SELECT FROM team_member m JOIN staff_member s ON s.id = m.staff_id
  WHERE m.team_id = t.team_id AND m.staff_id = t.assignee_id AND ${MAY_OPEN})`;
