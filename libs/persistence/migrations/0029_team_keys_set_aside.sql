-- A key of a team that does not open for one of its members does not keep the cases closed that another key opens: it is set aside, as it is, and told to an
-- administrator. The worker counts what is set aside, and finds the cases that stand still because of it.

CREATE TABLE team_key_aside (
  id            uuid        NOT NULL,
  team_id       uuid        NOT NULL,
  staff_id      uuid        NOT NULL,
  public_key    bytea       NOT NULL,
  set_aside_at  timestamptz NOT NULL,
  CONSTRAINT team_key_aside_pk PRIMARY KEY (id),
  CONSTRAINT team_key_aside_member_fk FOREIGN KEY (team_id, staff_id) REFERENCES team_member (team_id, staff_id) ON DELETE CASCADE,
  CONSTRAINT team_key_aside_key_uq UNIQUE (team_id, staff_id, public_key)
);
COMMENT ON TABLE team_key_aside IS 'Keys of teams, as one member holds them, that are known not to open. What is sealed was left as it was.';
COMMENT ON COLUMN team_key_aside.public_key IS 'Which key of the team: its present one, or one of team_former_key.';
CREATE INDEX team_key_aside_set_aside_idx ON team_key_aside (set_aside_at, id);

GRANT SELECT, INSERT, DELETE ON team_key_aside TO recourse_casework;
GRANT SELECT (set_aside_at) ON team_key_aside TO recourse_worker;
GRANT SELECT (case_id, holder_kind, holder_id, set_aside_at) ON case_key_grant TO recourse_worker;
-- Of the keys of cases the worker learns of those that were set aside, and nothing of the others.
CREATE POLICY case_key_grant_worker ON case_key_grant FOR SELECT TO recourse_worker USING (set_aside_at IS NOT NULL);

-- As in the records of cases, a process may not write in somebody else's name: what the operator did, only the operator writes.
ALTER TABLE staff_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_event FORCE ROW LEVEL SECURITY;
CREATE POLICY staff_event_owner ON staff_event TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY staff_event_casework_read ON staff_event FOR SELECT TO recourse_casework USING (true);
CREATE POLICY staff_event_casework_append ON staff_event FOR INSERT TO recourse_casework WITH CHECK (actor_kind IN ('staff', 'system'));
