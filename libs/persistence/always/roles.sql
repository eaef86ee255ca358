-- The three roles of the processes. Roles belong to the whole server, so this runs before every migration of every database and must
-- change nothing when nothing is to be changed: two databases migrating at once would otherwise collide in pg_authid.
-- Passwords are set by the migrator, from settings.

DO $$
DECLARE
  wanted record;
  pair text;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('recourse_intake',   ARRAY['jit=off', 'statement_timeout=10s', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=30s']),
      ('recourse_casework', ARRAY['jit=off', 'statement_timeout=15s', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=30s']),
      ('recourse_worker',   ARRAY['jit=off', 'statement_timeout=60s', 'lock_timeout=10s', 'idle_in_transaction_session_timeout=60s'])
    ) AS role_and_settings (name, settings)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', wanted.name);
    END IF;
    FOREACH pair IN ARRAY wanted.settings
    LOOP
      IF NOT EXISTS (
        SELECT FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
        WHERE r.rolname = wanted.name AND s.setdatabase = 0 AND pair = ANY (s.setconfig))
      THEN
        EXECUTE format('ALTER ROLE %I SET %I = %L', wanted.name, split_part(pair, '=', 1), split_part(pair, '=', 2));
      END IF;
    END LOOP;
  END LOOP;
END
$$;
