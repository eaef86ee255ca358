-- What the machine gave up is shown to an administrator, with the class of the error, and can be tried again from the staff's rooms.

ALTER TABLE deadline ADD COLUMN last_error_code text NULL;
COMMENT ON COLUMN deadline.last_error_code IS 'Why firing failed last: a code, never text.';
GRANT UPDATE (last_error_code) ON deadline TO recourse_worker;

-- A clock that has ended keeps the mark; nobody has to look at it any more.
DROP INDEX deadline_set_aside_idx;
CREATE INDEX deadline_set_aside_idx ON deadline (set_aside_at, id) WHERE set_aside_at IS NOT NULL AND state IN ('running', 'paused');
DROP INDEX outbox_message_set_aside_idx;
CREATE INDEX outbox_message_set_aside_idx ON outbox_message (set_aside_at, id) WHERE set_aside_at IS NOT NULL;

-- Payloads hold ids only. A notification that was given up waits again when its task is tried again.
GRANT SELECT (id, topic, payload, attempts, last_error_code, set_aside_at, done_at) ON outbox_message TO recourse_casework;
GRANT UPDATE (attempts, set_aside_at) ON outbox_message TO recourse_casework;
GRANT UPDATE (failure_count, set_aside_at) ON deadline TO recourse_casework;
GRANT UPDATE (state) ON notification TO recourse_casework;
