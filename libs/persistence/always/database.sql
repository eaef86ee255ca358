-- Privileges on the database itself. They are not copied when a database is cloned from a template, so this runs for each.

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO recourse_intake, recourse_casework, recourse_worker', current_database());
  -- BullMQ collects the results of a bulk insert in a temporary table.
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO recourse_worker', current_database());
END
$$;
