-- A date is shown as its calendar counts it: the end of a day in Geneva is already the next day further east. So whoever reads when a track is due
-- next reads by which calendar as well. What a receipt shows gains that column; a process of the release before asks for the others by name.

DROP FUNCTION recourse_shown_tracks();

CREATE FUNCTION recourse_shown_tracks()
  RETURNS TABLE (id uuid, procedure_version_id uuid, procedure text, stage text, revision integer, opened_at timestamptz,
                 stage_entered_at timestamptz, closed_at timestamptz, outcome text, next_due_at timestamptz, next_due_calendar text,
                 is_paused boolean)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.procedure_version_id, t.procedure, t.stage, t.revision, t.opened_at, t.stage_entered_at, t.closed_at, t.outcome,
         t.next_due_at,
         (SELECT d.calendar FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'running' ORDER BY d.due_at, d.id LIMIT 1),
         EXISTS (SELECT FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'paused')
  FROM public.track t WHERE t.case_id = public.recourse_shown_case() ORDER BY t.opened_at, t.id
$$;

REVOKE EXECUTE ON FUNCTION recourse_shown_tracks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recourse_shown_tracks() TO recourse_intake;
