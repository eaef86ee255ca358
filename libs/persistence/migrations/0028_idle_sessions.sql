-- A session in which nothing is done for a while loses the key that is sealed in it (docs/adr/0028). The row stays until it expires, so that a page can say why
-- somebody has to sign in again, and to whom a form belongs that they had open.

ALTER TABLE staff_session
  ADD COLUMN idle_at timestamptz NULL,
  ADD COLUMN wiped_at timestamptz NULL,
  ALTER COLUMN sealed_secret_key DROP NOT NULL;
-- Whoever is signed in now has half an hour from now.
UPDATE staff_session SET idle_at = least(now() + interval '30 minutes', expires_at);
ALTER TABLE staff_session
  ALTER COLUMN idle_at SET NOT NULL,
  ADD CONSTRAINT staff_session_wiped_ck CHECK ((wiped_at IS NULL) = (sealed_secret_key IS NOT NULL));
COMMENT ON COLUMN staff_session.idle_at IS 'When it is over unless something is asked for before; put off by requests.';
COMMENT ON COLUMN staff_session.wiped_at IS 'Since when its key is gone.';
CREATE INDEX staff_session_idle_idx ON staff_session (idle_at) WHERE wiped_at IS NULL;

GRANT UPDATE (idle_at, wiped_at, sealed_secret_key) ON staff_session TO recourse_casework;
GRANT SELECT (idle_at, wiped_at), UPDATE (wiped_at, sealed_secret_key) ON staff_session TO recourse_worker;
