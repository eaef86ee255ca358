-- A request for a second person is to be answered within some days of a calendar: which version of it they were counted by, so that the worker finds the
-- requests that are behind when a calendar is published. 0: before it was kept; counted anew once.
ALTER TABLE approval_request
  ADD COLUMN calendar_version integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT approval_request_calendar_version_ck CHECK (calendar_version >= 0);

GRANT SELECT (calendar_version), UPDATE (answer_due_at, calendar_version) ON approval_request TO recourse_worker;
