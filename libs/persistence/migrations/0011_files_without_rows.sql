-- Which of these keys in the evidence store a committed row names. Intake writes the files and clears up what an interrupted upload left, but
-- may read no row (docs/adr/0009): it shows keys that it found in its own folder, 128 random bits each, and is told which of them are in use.
CREATE FUNCTION recourse_named_files(keys text[]) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT e.storage_key FROM public.evidence_file e WHERE e.storage_key = ANY (keys)
$$;
REVOKE EXECUTE ON FUNCTION recourse_named_files(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recourse_named_files(text[]) TO recourse_intake;
