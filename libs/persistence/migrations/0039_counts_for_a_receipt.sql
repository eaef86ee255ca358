-- Without a receipt there is no row, as with everything else that the door shows; it was one of two zeros.
CREATE OR REPLACE FUNCTION recourse_shown_message_counts() RETURNS TABLE (in_all bigint, unread bigint)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT (SELECT count(*) FROM public.message m WHERE m.case_id = shown.id),
         (SELECT count(*) FROM public.message m
          WHERE m.case_id = shown.id AND m.direction = 'to_complainant' AND m.first_read_at IS NULL)
  FROM (SELECT public.recourse_shown_case() AS id) shown
  WHERE shown.id IS NOT NULL
$$;
