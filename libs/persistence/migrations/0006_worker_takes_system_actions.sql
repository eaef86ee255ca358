-- A procedure may let the software take an action by itself, for instance go on when the complainant has written. Intake may not move tracks, so the
-- worker does, from the outbox: it moves the track to its next stage and starts the clocks of that stage. It may not close, assign or hand over.

GRANT SELECT (company_id) ON case_file TO recourse_worker;
GRANT UPDATE (stage, revision, stage_entered_at) ON track TO recourse_worker;
GRANT INSERT (id, track_id, case_id, kind, stage, calendar, started_at, due_at, level, next_fire_at, state) ON deadline TO recourse_worker;
