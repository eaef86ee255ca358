-- A case key that no key of its team opens does not keep the others from being sealed anew: it is set aside, as it is, for an administrator to look at.

ALTER TABLE case_key_grant ADD COLUMN set_aside_at timestamptz NULL;
ALTER TABLE case_key_grant ADD CONSTRAINT case_key_grant_set_aside_ck CHECK (set_aside_at IS NULL OR holder_kind = 'team');
COMMENT ON COLUMN case_key_grant.set_aside_at IS 'Since when it is known that no key of the team opens it; what is sealed was left as it was.';
CREATE INDEX case_key_grant_set_aside_idx ON case_key_grant (set_aside_at, id) WHERE set_aside_at IS NOT NULL;

GRANT UPDATE (set_aside_at) ON case_key_grant TO recourse_casework;
