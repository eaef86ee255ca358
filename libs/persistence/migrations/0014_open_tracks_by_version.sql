-- Moving running tracks to another version of their procedure, a page at a time: closed ones stay on theirs.
CREATE INDEX track_open_procedure_version_idx ON track (procedure_version_id, id) WHERE closed_at IS NULL;
