-- BullMQ's own schema: for the worker only, after BullMQ's own migrations. CREATE, because BullMQ makes a sequence for each queue when it first
-- numbers a job itself. Objects that the worker's role made are its own and are left alone.

DO $$
DECLARE
  thing record;
BEGIN
  REVOKE ALL ON SCHEMA bullmq FROM PUBLIC;
  GRANT USAGE, CREATE ON SCHEMA bullmq TO recourse_worker;
  FOR thing IN
    SELECT c.oid::regclass AS name, c.relkind FROM pg_class c
    WHERE c.relnamespace = 'bullmq'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S')
      AND pg_has_role(current_user, c.relowner, 'USAGE') AND c.relowner <> 'recourse_worker'::regrole
  LOOP
    IF thing.relkind = 'S' THEN
      EXECUTE format('GRANT USAGE, SELECT, UPDATE ON SEQUENCE %s TO recourse_worker', thing.name);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO recourse_worker', thing.name);
    END IF;
  END LOOP;
  -- Which version the schema has is the migrator's to write.
  REVOKE INSERT, UPDATE, DELETE ON bullmq.migration FROM recourse_worker;
  FOR thing IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'bullmq'::regnamespace AND pg_has_role(current_user, p.proowner, 'USAGE')
      AND p.proowner <> 'recourse_worker'::regrole
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', thing.name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO recourse_worker', thing.name);
  END LOOP;
END
$$;
