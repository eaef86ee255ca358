-- Failed attempts to sign in are counted where they come from, so that a stranger who guesses at an account shuts themselves out and not its owner; and slowly for
-- the account as a whole, against guessing from many places (docs/adr/0027).

CREATE TABLE sign_in_limit (
  subject        uuid        NOT NULL,
  origin         bytea       NOT NULL,
  failures       integer     NOT NULL,
  counted_since  timestamptz NOT NULL,
  locked_until   timestamptz NULL,
  last_at        timestamptz NOT NULL,
  CONSTRAINT sign_in_limit_pk PRIMARY KEY (subject, origin),
  CONSTRAINT sign_in_limit_failures_ck CHECK (failures >= 0),
  CONSTRAINT sign_in_limit_origin_ck CHECK (octet_length(origin) = 32)
);
COMMENT ON TABLE sign_in_limit IS 'Attempts that failed lately. Swept after a day. No name that was typed and no address: neither can be read from it.';
COMMENT ON COLUMN sign_in_limit.subject IS 'staff_member.id; the nil UUID for every name that there is no account for.';
COMMENT ON COLUMN sign_in_limit.origin IS 'A keyed hash of where it came from, of a network under a key of the day; 32 zero bytes: from everywhere unknown.';
CREATE INDEX sign_in_limit_last_idx ON sign_in_limit (last_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_limit TO recourse_casework;
GRANT SELECT (last_at), DELETE ON sign_in_limit TO recourse_worker;

-- What locked an account for everybody. The count stays: attempts since the last right password.
ALTER TABLE staff_member DROP COLUMN locked_until;
ALTER TABLE staff_member ADD COLUMN failures_told_at timestamptz NULL;
COMMENT ON COLUMN staff_member.failed_sign_ins IS 'Attempts since the last right password.';
COMMENT ON COLUMN staff_member.failures_told_at IS 'When the record last said that attempts failed: once an hour at most.';
GRANT UPDATE (failures_told_at) ON staff_member TO recourse_casework;
