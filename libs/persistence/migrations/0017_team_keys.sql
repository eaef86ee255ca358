-- Taking somebody off a team: the team gets a new key, and the keys of its cases are sealed to that one. A complaint that was being filed in the same
-- moment is still sealed to the key before, so whoever stays keeps it.

CREATE TABLE team_former_key (
  team_id            uuid        NOT NULL,
  staff_id           uuid        NOT NULL,
  public_key         bytea       NOT NULL,
  sealed_secret_key  bytea       NOT NULL,
  retired_at         timestamptz NOT NULL,
  CONSTRAINT team_former_key_pk PRIMARY KEY (team_id, staff_id, public_key),
  -- Whoever leaves loses these too.
  CONSTRAINT team_former_key_member_fk FOREIGN KEY (team_id, staff_id) REFERENCES team_member (team_id, staff_id) ON DELETE CASCADE,
  CONSTRAINT team_former_key_public_key_ck CHECK (octet_length(public_key) = 32)
);
COMMENT ON TABLE team_former_key IS 'The secret keys that a team had before, each sealed to each member who stayed.';

ALTER TABLE case_key_grant ADD COLUMN sealed_to bytea NULL;
ALTER TABLE case_key_grant ADD CONSTRAINT case_key_grant_sealed_to_ck CHECK (octet_length(sealed_to) = 32);
COMMENT ON COLUMN case_key_grant.sealed_to IS 'To which public key of the team; null when that was not written down, and for the other holders.';
-- The case keys of one team, in an order in which they can be sealed anew bit by bit.
CREATE INDEX case_key_grant_team_idx ON case_key_grant (holder_id, id) WHERE holder_kind = 'team';

GRANT SELECT, INSERT ON team_former_key TO recourse_casework;
GRANT UPDATE (public_key) ON team TO recourse_casework;
GRANT UPDATE (sealed_team_key) ON team_member TO recourse_casework;
GRANT DELETE ON team_member TO recourse_casework;
GRANT UPDATE (sealed_key, sealed_to) ON case_key_grant TO recourse_casework;

-- What is sealed to the complainant and to the recovery key stays out of reach: nobody can take these two ways back away.
DROP POLICY case_key_grant_casework ON case_key_grant;
CREATE POLICY case_key_grant_casework_read ON case_key_grant FOR SELECT TO recourse_casework USING (true);
CREATE POLICY case_key_grant_casework_grant ON case_key_grant FOR INSERT TO recourse_casework WITH CHECK (true);
CREATE POLICY case_key_grant_casework_reseal ON case_key_grant FOR UPDATE TO recourse_casework
  USING (holder_kind = 'team') WITH CHECK (holder_kind = 'team');
