-- Whoever sends a second file under the same key must hear that it was not stored. To tell it from the first one sent once more, intake compares
-- with the hash of the original, which is sealed under the case's key: it opens with the receipt that is shown, like the name of the file.
DROP FUNCTION recourse_shown_evidence_files();

CREATE FUNCTION recourse_shown_evidence_files()
  RETURNS TABLE (id uuid, intake_item_id uuid, received_at timestamptz, sealed_name bytea, media_type text, size_bytes bigint,
                 sealed_plain_sha256 bytea)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT e.id, e.intake_item_id, e.received_at, e.sealed_name, e.media_type, e.size_bytes, e.sealed_plain_sha256
  FROM public.evidence_file e WHERE e.case_id = public.recourse_shown_case() ORDER BY e.received_at, e.id
$$;
REVOKE EXECUTE ON FUNCTION recourse_shown_evidence_files() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recourse_shown_evidence_files() TO recourse_intake;
