-- What one receipt may bring within a day and in all is bounded (libs/cases/src/receipts/case-quota.ts says by how much). Intake counts in the
-- transaction that adds, holding a lock of the case; it may not read the rows, so a function counts for it: instants, numbers and lengths.

-- What the complainant brought after filing: one row for each kind and instant after `since`, and one for each kind of all that was before (`at` is null).
CREATE FUNCTION recourse_shown_use(since timestamptz) RETURNS TABLE (kind text, at timestamptz, count bigint, bytes bigint)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT b.kind, CASE WHEN b.at > since THEN b.at END, count(*), sum(b.bytes)::bigint
  FROM (
    SELECT 'message' AS kind, m.sent_at AS at, octet_length(m.sealed_body)::bigint AS bytes
    FROM public.message m WHERE m.case_id = public.recourse_shown_case() AND m.direction = 'from_complainant'
    UNION ALL
    SELECT 'addition', i.received_at, octet_length(i.sealed_answers)
    FROM public.intake_item i WHERE i.case_id = public.recourse_shown_case() AND i.kind = 'addition'
    UNION ALL
    SELECT 'file', e.received_at, e.size_bytes
    FROM public.evidence_file e WHERE e.case_id = public.recourse_shown_case()) b
  GROUP BY 1, 2
$$;

-- One message or addition of the shown case, to tell a repeated submit from a new one without reading all of them.
CREATE FUNCTION recourse_shown_message(the_id uuid)
  RETURNS TABLE (id uuid, direction text, sent_at timestamptz, sealed_body bytea, first_read_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT m.id, m.direction, m.sent_at, m.sealed_body, m.first_read_at
  FROM public.message m WHERE m.id = the_id AND m.case_id = public.recourse_shown_case()
$$;

CREATE FUNCTION recourse_shown_intake_item(the_id uuid)
  RETURNS TABLE (id uuid, kind text, channel text, received_at timestamptz, sealed_answers bytea)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT i.id, i.kind, i.channel, i.received_at, i.sealed_answers
  FROM public.intake_item i WHERE i.id = the_id AND i.case_id = public.recourse_shown_case()
$$;

REVOKE EXECUTE ON FUNCTION recourse_shown_use(timestamptz), recourse_shown_message(uuid), recourse_shown_intake_item(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recourse_shown_use(timestamptz), recourse_shown_message(uuid), recourse_shown_intake_item(uuid) TO recourse_intake;
