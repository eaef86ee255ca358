-- What an action may do besides moving: give a clock more time, pause it until a date, ask a second person, open another track.

ALTER TABLE deadline ADD COLUMN extensions integer NOT NULL DEFAULT 0, ADD COLUMN pause_until timestamptz NULL;
ALTER TABLE deadline ADD CONSTRAINT deadline_extensions_ck CHECK (extensions >= 0),
  ADD CONSTRAINT deadline_pause_until_ck CHECK (pause_until IS NULL OR state = 'paused'),
  -- What has ended never comes up again, and what waits only when it goes on by itself.
  ADD CONSTRAINT deadline_next_fire_at_ck CHECK (next_fire_at IS NULL OR state = 'running' OR (state = 'paused' AND pause_until IS NOT NULL));

-- A clock that goes on by itself is due like one that fires.
DROP INDEX deadline_due_idx;
CREATE INDEX deadline_due_idx ON deadline (next_fire_at, id) WHERE next_fire_at IS NOT NULL AND set_aside_at IS NULL;

ALTER TABLE track ADD COLUMN parent_track_id uuid NULL;
ALTER TABLE track ADD CONSTRAINT track_parent_track_fk FOREIGN KEY (parent_track_id) REFERENCES track (id);
CREATE INDEX track_parent_track_idx ON track (parent_track_id) WHERE parent_track_id IS NOT NULL;
COMMENT ON COLUMN track.parent_track_id IS 'The track of the same case whose action opened this one.';

CREATE TABLE approval_request (
  id              uuid        NOT NULL,
  case_id         uuid        NOT NULL,
  track_id        uuid        NOT NULL,
  action          text        NOT NULL,
  stage           text        NOT NULL,
  requested_by    uuid        NOT NULL,
  requested_at    timestamptz NOT NULL,
  answer_due_at   timestamptz NOT NULL,
  sealed_content  bytea       NOT NULL,
  state           text        NOT NULL,
  answered_by     uuid        NULL,
  answered_at     timestamptz NULL,
  CONSTRAINT approval_request_pk PRIMARY KEY (id),
  CONSTRAINT approval_request_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT approval_request_track_fk FOREIGN KEY (track_id) REFERENCES track (id),
  CONSTRAINT approval_request_requested_by_fk FOREIGN KEY (requested_by) REFERENCES staff_member (id),
  CONSTRAINT approval_request_answered_by_fk FOREIGN KEY (answered_by) REFERENCES staff_member (id),
  CONSTRAINT approval_request_state_ck CHECK (state IN ('waiting', 'given', 'declined', 'lapsed')),
  CONSTRAINT approval_request_answered_ck CHECK ((state = 'waiting') = (answered_at IS NULL)),
  -- The database itself refuses four eyes of one person.
  CONSTRAINT approval_request_second_person_ck CHECK (state <> 'given' OR answered_by IS DISTINCT FROM requested_by),
  CONSTRAINT approval_request_given_by_ck CHECK (state <> 'given' OR answered_by IS NOT NULL)
);
COMMENT ON TABLE approval_request IS 'Somebody asked for an action that a second person must agree to. What was given with it waits here, sealed.';
CREATE UNIQUE INDEX approval_request_waiting_uq ON approval_request (track_id, action) WHERE state = 'waiting';
CREATE INDEX approval_request_track_idx ON approval_request (track_id);
CREATE INDEX approval_request_case_idx ON approval_request (case_id);
CREATE INDEX approval_request_requested_by_idx ON approval_request (requested_by);
CREATE INDEX approval_request_answered_by_idx ON approval_request (answered_by) WHERE answered_by IS NOT NULL;
CREATE INDEX approval_request_overdue_idx ON approval_request (answer_due_at, id) WHERE state = 'waiting';

GRANT INSERT (extensions) ON deadline TO recourse_intake;
GRANT UPDATE (extensions, pause_until) ON deadline TO recourse_casework;
GRANT UPDATE (pause_until) ON deadline TO recourse_worker;
GRANT SELECT, INSERT ON approval_request TO recourse_casework;
GRANT UPDATE (state, answered_by, answered_at) ON approval_request TO recourse_casework;
-- The worker moves tracks by itself and then ends the requests that this makes void; what was given with them stays out of its reach.
GRANT SELECT (id, case_id, track_id, action, stage, requested_by, requested_at, answer_due_at, state) ON approval_request TO recourse_worker;
GRANT UPDATE (state, answered_at) ON approval_request TO recourse_worker;

-- While a clock is paused until a day and no other runs, the complainant sees that day.
DROP FUNCTION recourse_shown_tracks();

CREATE FUNCTION recourse_shown_tracks()
  RETURNS TABLE (id uuid, procedure_version_id uuid, procedure text, stage text, revision integer, opened_at timestamptz,
                 stage_entered_at timestamptz, closed_at timestamptz, outcome text, next_due_at timestamptz, next_due_calendar text,
                 is_paused boolean, paused_until timestamptz, pause_calendar text)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.procedure_version_id, t.procedure, t.stage, t.revision, t.opened_at, t.stage_entered_at, t.closed_at, t.outcome,
         t.next_due_at,
         (SELECT d.calendar FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'running' ORDER BY d.due_at, d.id LIMIT 1),
         EXISTS (SELECT FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'paused'),
         paused.pause_until, paused.calendar
  FROM public.track t
  LEFT JOIN LATERAL (SELECT d.pause_until, d.calendar FROM public.deadline d WHERE d.track_id = t.id AND d.pause_until IS NOT NULL
                     ORDER BY d.pause_until, d.id LIMIT 1) paused ON true
  WHERE t.case_id = public.recourse_shown_case() ORDER BY t.opened_at, t.id
$$;

REVOKE EXECUTE ON FUNCTION recourse_shown_tracks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recourse_shown_tracks() TO recourse_intake;
