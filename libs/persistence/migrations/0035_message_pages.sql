-- A conversation is shown a page at a time, the newest first; what it costs to open a case no longer grows with everything that was ever said in it.

-- One page of the messages of the shown case, the newest first, before an instant and id (both null: the newest page).
DROP FUNCTION recourse_shown_messages();
CREATE FUNCTION recourse_shown_messages(before_at timestamptz, before_id uuid, most integer)
  RETURNS TABLE (id uuid, direction text, sent_at timestamptz, sealed_body bytea, first_read_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 25
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT m.id, m.direction, m.sent_at, m.sealed_body, m.first_read_at
  FROM public.message m
  WHERE m.case_id = public.recourse_shown_case()
    AND (m.sent_at, m.id) < (coalesce(before_at, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  ORDER BY m.sent_at DESC, m.id DESC LIMIT most
$$;

-- How many messages there are, and how many of those to the complainant nobody has read yet.
CREATE FUNCTION recourse_shown_message_counts() RETURNS TABLE (in_all bigint, unread bigint)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT (SELECT count(*) FROM public.message m WHERE m.case_id = public.recourse_shown_case()),
         (SELECT count(*) FROM public.message m
          WHERE m.case_id = public.recourse_shown_case() AND m.direction = 'to_complainant' AND m.first_read_at IS NULL)
$$;

-- The complaint, or one page of what was added to it, as with messages.
DROP FUNCTION recourse_shown_intake_items();
CREATE FUNCTION recourse_shown_intake_items(the_kind text, before_at timestamptz, before_id uuid, most integer)
  RETURNS TABLE (id uuid, kind text, channel text, received_at timestamptz, sealed_answers bytea)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 10
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT i.id, i.kind, i.channel, i.received_at, i.sealed_answers
  FROM public.intake_item i
  WHERE i.case_id = public.recourse_shown_case() AND i.kind = the_kind
    AND (i.received_at, i.id) < (coalesce(before_at, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  ORDER BY i.received_at DESC, i.id DESC LIMIT most
$$;

-- Only what was shown counts as read.
DROP FUNCTION recourse_mark_shown_messages_read(timestamptz);
CREATE FUNCTION recourse_mark_shown_messages_read(the_instant timestamptz, ids uuid[]) RETURNS SETOF uuid
  LANGUAGE sql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.message m SET first_read_at = the_instant
  WHERE m.id = ANY (ids) AND m.case_id = public.recourse_shown_case() AND m.direction = 'to_complainant' AND m.first_read_at IS NULL
  RETURNING m.id
$$;

REVOKE EXECUTE ON FUNCTION
  recourse_shown_messages(timestamptz, uuid, integer), recourse_shown_message_counts(),
  recourse_shown_intake_items(text, timestamptz, uuid, integer), recourse_mark_shown_messages_read(timestamptz, uuid[])
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  recourse_shown_messages(timestamptz, uuid, integer), recourse_shown_message_counts(),
  recourse_shown_intake_items(text, timestamptz, uuid, integer), recourse_mark_shown_messages_read(timestamptz, uuid[])
TO recourse_intake;

CREATE INDEX message_page_idx ON message (case_id, sent_at, id);
DROP INDEX message_case_idx;
CREATE INDEX message_unread_idx ON message (case_id, direction) WHERE first_read_at IS NULL;
CREATE INDEX intake_item_page_idx ON intake_item (case_id, kind, received_at, id);
DROP INDEX intake_item_case_idx;
