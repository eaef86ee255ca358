-- Which clock is due next: where its procedure names it for the public, the complainant reads what is done by then instead of a date alone.
DROP FUNCTION recourse_shown_tracks();

CREATE FUNCTION recourse_shown_tracks()
  RETURNS TABLE (id uuid, procedure_version_id uuid, procedure text, stage text, revision integer, opened_at timestamptz,
                 stage_entered_at timestamptz, closed_at timestamptz, outcome text, next_due_at timestamptz, next_due_calendar text,
                 next_due_clock text, is_paused boolean, paused_until timestamptz, pause_calendar text)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.procedure_version_id, t.procedure, t.stage, t.revision, t.opened_at, t.stage_entered_at, t.closed_at, t.outcome,
         t.next_due_at, due.calendar, due.kind,
         EXISTS (SELECT FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'paused'),
         paused.pause_until, paused.calendar
  FROM public.track t
  LEFT JOIN LATERAL (SELECT d.kind, d.calendar FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'running'
                     ORDER BY d.due_at, d.id LIMIT 1) due ON true
  LEFT JOIN LATERAL (SELECT d.pause_until, d.calendar FROM public.deadline d WHERE d.track_id = t.id AND d.pause_until IS NOT NULL
                     ORDER BY d.pause_until, d.id LIMIT 1) paused ON true
  WHERE t.case_id = public.recourse_shown_case() ORDER BY t.opened_at, t.id
$$;

REVOKE EXECUTE ON FUNCTION recourse_shown_tracks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recourse_shown_tracks() TO recourse_intake;
