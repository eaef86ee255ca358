-- PostgreSQL shows how many rows were inserted into a table, and how large it is, to every role that can connect. That would let
-- the public process count complaints. A superuser can take this away from PUBLIC, per database; the migrator runs this when the
-- owner is one, and says so when not. Roles with pg_monitor keep it.
-- pg_stat_get_activity and its kin stay: BullMQ finds its workers there, and they count nothing.

DO $$
DECLARE
  teller regprocedure;
  harmless text;
BEGIN
  FOR teller IN
    SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND (p.proname ~ '^pg_stat_get_(xact_)?(tuples|live_tuples|dead_tuples|mod_since|ins_since|numscans|blocks|function|lastscan|(auto)?vacuum|(auto)?analyze|last_|total_|db_(tuples|blocks|xact))'
        OR p.proname ~ '^pg_.*_size$')
      AND has_function_privilege('public', p.oid, 'EXECUTE')
      AND NOT p.proname = 'pg_column_size'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', teller);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_monitor', teller);
  END LOOP;
  IF has_table_privilege('public', 'pg_catalog.pg_class', 'SELECT') THEN
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO harmless FROM pg_attribute a
    WHERE a.attrelid = 'pg_catalog.pg_class'::regclass AND NOT a.attisdropped
      AND a.attname NOT IN ('reltuples', 'relpages', 'relallvisible', 'relallfrozen');
    REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC;
    EXECUTE format('GRANT SELECT (%s) ON pg_catalog.pg_class TO PUBLIC', harmless);
    GRANT SELECT ON pg_catalog.pg_class TO pg_monitor;
  END IF;
END
$$;
