-- What the public process may see: nothing, except through these functions, which answer for the one receipt or the one filing it
-- was just shown.
--
-- Rejected: SELECT on the tables under row-level security. Whoever may select from a table may also EXPLAIN ANALYZE it, and "Rows Removed
-- by Filter: 57" is the exact number of the rows that the policy hides; planner settings that force a scan of the whole table can
-- be set by any role. Measured on PostgreSQL 18. A function shows none of its inner plan.
--
-- All are SECURITY DEFINER with a pinned search_path; every name is written with its schema.

-- The case whose receipt was shown in this transaction (set_config('recourse.shown_receipt', hex of the look-up, true)), or null.
CREATE FUNCTION recourse_shown_case() RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT r.case_id FROM public.receipt r
  WHERE r.lookup = decode(nullif(current_setting('recourse.shown_receipt', true), ''), 'hex')
$$;

-- True only for a case that this very transaction inserted: intake may attach a receipt to no other.
CREATE FUNCTION recourse_case_is_new(the_case uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM public.case_file c WHERE c.id = the_case AND c.filed_in = pg_current_xact_id_if_assigned())
$$;

-- A complaint that was already filed under this idempotency key: at most one row.
CREATE FUNCTION recourse_shown_filing(the_idempotency_lookup bytea)
  RETURNS TABLE (body_check bytea, case_id uuid, receipt_lookup bytea, reference text)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT f.body_check, f.case_id, f.receipt_lookup, c.reference
  FROM public.filing f JOIN public.case_file c ON c.id = f.case_id
  WHERE f.idempotency_lookup = the_idempotency_lookup
$$;

CREATE FUNCTION recourse_shown_case_file()
  RETURNS TABLE (id uuid, reference text, received_at timestamptz, channel text, language text, answer_language text, country text,
                 kind text, anonymity text, desk_team_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT c.id, c.reference, c.received_at, c.channel, c.language, c.answer_language, c.country, c.kind, c.anonymity, c.desk_team_id
  FROM public.case_file c WHERE c.id = public.recourse_shown_case()
$$;

-- The case keys sealed to this receipt, every version; never what is sealed to somebody else.
CREATE FUNCTION recourse_shown_keys() RETURNS TABLE (id uuid, key_version integer, sealed_key bytea, granted_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT g.id, g.key_version, g.sealed_key, g.granted_at FROM public.case_key_grant g
  WHERE g.case_id = public.recourse_shown_case() AND g.holder_kind = 'complainant'
  ORDER BY g.key_version DESC
$$;

CREATE FUNCTION recourse_shown_tracks()
  RETURNS TABLE (id uuid, procedure_version_id uuid, procedure text, stage text, revision integer, opened_at timestamptz,
                 stage_entered_at timestamptz, closed_at timestamptz, outcome text, next_due_at timestamptz, is_paused boolean)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.procedure_version_id, t.procedure, t.stage, t.revision, t.opened_at, t.stage_entered_at, t.closed_at, t.outcome,
         t.next_due_at,
         EXISTS (SELECT FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'paused')
  FROM public.track t WHERE t.case_id = public.recourse_shown_case() ORDER BY t.opened_at, t.id
$$;

-- Who of the staff wrote is not the complainant's to know: the author is left out.
CREATE FUNCTION recourse_shown_messages()
  RETURNS TABLE (id uuid, direction text, sent_at timestamptz, sealed_body bytea, first_read_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 10
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT m.id, m.direction, m.sent_at, m.sealed_body, m.first_read_at
  FROM public.message m WHERE m.case_id = public.recourse_shown_case() ORDER BY m.sent_at, m.id
$$;

CREATE FUNCTION recourse_shown_intake_items()
  RETURNS TABLE (id uuid, kind text, channel text, received_at timestamptz, sealed_answers bytea)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT i.id, i.kind, i.channel, i.received_at, i.sealed_answers
  FROM public.intake_item i WHERE i.case_id = public.recourse_shown_case() ORDER BY i.received_at, i.id
$$;

CREATE FUNCTION recourse_shown_evidence_files()
  RETURNS TABLE (id uuid, intake_item_id uuid, received_at timestamptz, sealed_name bytea, media_type text, size_bytes bigint)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT e.id, e.intake_item_id, e.received_at, e.sealed_name, e.media_type, e.size_bytes
  FROM public.evidence_file e WHERE e.case_id = public.recourse_shown_case() ORDER BY e.received_at, e.id
$$;

-- Notes when the complainant first saw the messages that were sent to them, and says which these were.
CREATE FUNCTION recourse_mark_shown_messages_read(the_instant timestamptz) RETURNS SETOF uuid
  LANGUAGE sql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.message m SET first_read_at = the_instant
  WHERE m.case_id = public.recourse_shown_case() AND m.direction = 'to_complainant' AND m.first_read_at IS NULL
  RETURNING m.id
$$;

-- Puts the open tracks of the shown case among those that have something new, for whoever works on them.
CREATE FUNCTION recourse_flag_shown_news() RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.track t SET has_news = true
  WHERE t.case_id = public.recourse_shown_case() AND t.closed_at IS NULL AND NOT t.has_news
$$;

REVOKE EXECUTE ON FUNCTION
  recourse_shown_case(), recourse_case_is_new(uuid), recourse_shown_filing(bytea), recourse_shown_case_file(), recourse_shown_keys(),
  recourse_shown_tracks(), recourse_shown_messages(), recourse_shown_intake_items(), recourse_shown_evidence_files(),
  recourse_mark_shown_messages_read(timestamptz), recourse_flag_shown_news()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  recourse_shown_case(), recourse_case_is_new(uuid), recourse_shown_filing(bytea), recourse_shown_case_file(), recourse_shown_keys(),
  recourse_shown_tracks(), recourse_shown_messages(), recourse_shown_intake_items(), recourse_shown_evidence_files(),
  recourse_mark_shown_messages_read(timestamptz), recourse_flag_shown_news()
  TO recourse_intake;
