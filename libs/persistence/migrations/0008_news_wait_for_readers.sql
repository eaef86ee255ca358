-- Whoever says "I have read it" holds the track while they look whether anything newer has come in. So whatever comes in must touch the track even when
-- it is among the new ones already: otherwise a message that is being stored at that very moment was neither seen nor left as news.

CREATE OR REPLACE FUNCTION recourse_flag_shown_news() RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.track t SET has_news = true
  WHERE t.case_id = public.recourse_shown_case() AND t.closed_at IS NULL
$$;
