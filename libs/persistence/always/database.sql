-- Privileges and settings of the database itself. They are not copied when a database is cloned from a template, so this runs for each.
-- Every statement looks first: an ALTER that changes nothing would still collide with another one on pg_database.

DO $$
DECLARE
  this record;
BEGIN
  SELECT d.oid, d.datname, d.datacl INTO this FROM pg_database d WHERE d.datname = current_database();
  IF this.datacl IS NULL OR EXISTS (SELECT FROM aclexplode(this.datacl) WHERE grantee = 0) THEN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', this.datname);
  END IF;
  IF NOT has_database_privilege('recourse_intake', this.oid, 'CONNECT')
    OR NOT has_database_privilege('recourse_casework', this.oid, 'CONNECT')
    OR NOT has_database_privilege('recourse_worker', this.oid, 'CONNECT')
    OR NOT has_database_privilege('recourse_worker', this.oid, 'TEMPORARY')
  THEN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO recourse_intake, recourse_casework, recourse_worker', this.datname);
    -- BullMQ collects the results of a bulk insert in a temporary table.
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO recourse_worker', this.datname);
  END IF;
  -- Compiling small queries costs more than running them; here for the owner too, the roles have it of their own.
  IF NOT EXISTS (SELECT FROM pg_db_role_setting WHERE setdatabase = this.oid AND setrole = 0 AND 'jit=off' = ANY (setconfig)) THEN
    EXECUTE format('ALTER DATABASE %I SET jit = off', this.datname);
  END IF;
END
$$;
