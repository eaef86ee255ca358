-- Whether a clock that was given more time had run out before: the complainant reads that its first date was not kept, as the record and the staff's pages say it.
-- Of the clock that is due next, and of one that waits.
DROP FUNCTION recourse_shown_tracks();

CREATE FUNCTION recourse_shown_tracks()
  RETURNS TABLE (id uuid, procedure_version_id uuid, procedure text, stage text, revision integer, opened_at timestamptz,
                 stage_entered_at timestamptz, closed_at timestamptz, outcome text, next_due_at timestamptz, next_due_calendar text,
                 next_due_clock text, next_due_missed_at timestamptz, is_paused boolean, paused_until timestamptz, pause_calendar text,
                 paused_missed_at timestamptz, paused_missed_calendar text)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.procedure_version_id, t.procedure, t.stage, t.revision, t.opened_at, t.stage_entered_at, t.closed_at, t.outcome,
         t.next_due_at, due.calendar, due.kind, due.missed_at,
         EXISTS (SELECT FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'paused'),
         paused.pause_until, paused.calendar, missed.missed_at, missed.calendar
  FROM public.track t
  LEFT JOIN LATERAL (SELECT d.kind, d.calendar, d.missed_at FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'running'
                     ORDER BY d.due_at, d.id LIMIT 1) due ON true
  LEFT JOIN LATERAL (SELECT d.pause_until, d.calendar FROM public.deadline d WHERE d.track_id = t.id AND d.pause_until IS NOT NULL
                     ORDER BY d.pause_until, d.id LIMIT 1) paused ON true
  LEFT JOIN LATERAL (SELECT d.missed_at, d.calendar FROM public.deadline d
                     WHERE d.track_id = t.id AND d.state = 'paused' AND d.missed_at IS NOT NULL
                     ORDER BY d.missed_at, d.id LIMIT 1) missed ON true
  WHERE t.case_id = public.recourse_shown_case() ORDER BY t.opened_at, t.id
$$;

REVOKE EXECUTE ON FUNCTION recourse_shown_tracks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recourse_shown_tracks() TO recourse_intake;
