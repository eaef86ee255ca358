-- After a restore into another cluster transactions are numbered anew and come to meet the numbers that old cases carry: intake could then have attached a
-- receipt to an old case whose id it knows. The row itself tells which transaction of this cluster wrote it (xmin); both must be the present one.
-- A case that is inserted under a savepoint is not new by this rule: intake uses none.
CREATE OR REPLACE FUNCTION recourse_case_is_new(the_case uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM public.case_file c
    WHERE c.id = the_case AND c.filed_in = pg_current_xact_id_if_assigned() AND c.xmin = pg_current_xact_id_if_assigned()::xid)
$$;
