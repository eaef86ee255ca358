-- What the nightly search for stuck cases reads of open clocks, without walking over those that have ended.
CREATE INDEX deadline_paused_idx ON deadline (paused_at, id) WHERE state = 'paused';
CREATE INDEX deadline_without_moment_idx ON deadline (due_at, id) WHERE state = 'running' AND next_fire_at IS NULL;
