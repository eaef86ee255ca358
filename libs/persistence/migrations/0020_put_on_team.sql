-- Somebody who was on a team can be put back on it: the page of the team shows who left it.

CREATE INDEX staff_event_left_team_idx ON staff_event ((payload ->> 'teamId'), seq) WHERE type = 'left_team';

GRANT INSERT (team_id, staff_id, team_role, sealed_team_key) ON team_member TO recourse_casework;
