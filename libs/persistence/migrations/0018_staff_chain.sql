-- The record of accounts and teams is chained by hash as that of a case is: one chain for the whole institution (docs/adr/0005, 0018).

-- The one rule for every chain:
-- hash = sha256(prev_hash || text || sealed), where text is, in UTF-8 and joined by line feeds: chain (the case id, or 'staff'), whom or what in it the event is
-- about (track id, or member of staff) or '-', seq, type, payload as PostgreSQL prints its jsonb, actor kind, actor id or '-', occurred_at in whole microseconds
-- since 1970. prev_hash of the first event is 32 zero bytes. libs/domain computes the same outside the database.
CREATE FUNCTION recourse_chain_hash(
  prev_hash bytea, chain text, about uuid, seq integer, type text, payload jsonb, actor_kind text, actor_id uuid, occurred_at timestamptz, sealed bytea
) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT sha256(
    prev_hash
    || convert_to(
         chain
         || E'\n' || coalesce(about::text, '-')
         || E'\n' || seq::text
         || E'\n' || type
         || E'\n' || payload::text
         || E'\n' || actor_kind
         || E'\n' || coalesce(actor_id::text, '-')
         || E'\n' || (extract(epoch FROM occurred_at) * 1000000)::bigint::text,
         'UTF8')
    || coalesce(sealed, ''::bytea))
$$;

CREATE OR REPLACE FUNCTION recourse_event_hash(event case_event) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.recourse_chain_hash(event.prev_hash, event.case_id::text, event.track_id, event.seq, event.type, event.payload, event.actor_kind,
                                    event.actor_id, event.occurred_at, event.sealed_payload)
$$;

ALTER TABLE staff_event
  ALTER COLUMN staff_id DROP NOT NULL,
  ADD COLUMN seq integer NULL,
  ADD COLUMN prev_hash bytea NULL,
  ADD COLUMN hash bytea NULL;
COMMENT ON TABLE staff_event IS
  'The record of accounts and teams, and of what staff did outside of a case: staff_id is whom it is about, actor_id who did it.';
COMMENT ON COLUMN staff_event.staff_id IS 'Null for what is about nobody''s account.';

CREATE FUNCTION recourse_staff_event_hash(event staff_event) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.recourse_chain_hash(event.prev_hash, 'staff', event.staff_id, event.seq, event.type, event.payload, 'staff', event.actor_id,
                                    event.occurred_at, NULL)
$$;

CREATE TABLE staff_chain (
  chain      text    NOT NULL,
  last_seq   integer NOT NULL,
  last_hash  bytea   NOT NULL,
  CONSTRAINT staff_chain_pk PRIMARY KEY (chain),
  CONSTRAINT staff_chain_only_ck CHECK (chain = 'staff'),
  CONSTRAINT staff_chain_last_seq_ck CHECK (last_seq >= 0),
  CONSTRAINT staff_chain_last_hash_ck CHECK (octet_length(last_hash) = 32)
);
COMMENT ON TABLE staff_chain IS 'The head of the one chain of staff_event. Locked while an event is appended; written by the trigger only.';
INSERT INTO staff_chain (chain, last_seq, last_hash) VALUES ('staff', 0, decode(repeat('00', 32), 'hex'));

-- What was recorded before there was a chain, in the order in which it happened. It proves these rows from now on, not what they were before.
ALTER TABLE staff_event DISABLE TRIGGER staff_event_refuse_change;
DO $$
DECLARE
  event public.staff_event%ROWTYPE;
  head public.staff_chain%ROWTYPE;
BEGIN
  SELECT * INTO head FROM public.staff_chain;
  FOR event IN SELECT * FROM public.staff_event ORDER BY occurred_at, id LOOP
    event.seq := head.last_seq + 1;
    event.prev_hash := head.last_hash;
    head.last_seq := event.seq;
    head.last_hash := public.recourse_staff_event_hash(event);
    UPDATE public.staff_event SET seq = event.seq, prev_hash = event.prev_hash, hash = head.last_hash WHERE id = event.id;
  END LOOP;
  UPDATE public.staff_chain SET last_seq = head.last_seq, last_hash = head.last_hash;
END
$$;
ALTER TABLE staff_event ENABLE ALWAYS TRIGGER staff_event_refuse_change;

ALTER TABLE staff_event
  ALTER COLUMN seq SET NOT NULL,
  ALTER COLUMN prev_hash SET NOT NULL,
  ALTER COLUMN hash SET NOT NULL,
  ADD CONSTRAINT staff_event_seq_uq UNIQUE (seq);

-- SECURITY DEFINER: whoever appends may not touch the head. A head that is missing was removed by somebody: nothing is appended then, or the chain would begin anew.
CREATE FUNCTION recourse_append_staff_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  head public.staff_chain%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM public.staff_chain FOR UPDATE;
  NEW.seq := head.last_seq + 1;
  NEW.prev_hash := head.last_hash;
  NEW.hash := public.recourse_staff_event_hash(NEW);
  UPDATE public.staff_chain SET last_seq = NEW.seq, last_hash = NEW.hash;
  RETURN NEW;
END
$$;

-- The head may only move one event forward, and only from within the trigger above.
CREATE FUNCTION recourse_guard_staff_chain() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF pg_trigger_depth() < 2 OR NEW.last_seq <> OLD.last_seq + 1 THEN
    RAISE EXCEPTION 'the record is append-only: update on % is refused', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER staff_event_append BEFORE INSERT ON staff_event
  FOR EACH ROW EXECUTE FUNCTION recourse_append_staff_event();
CREATE TRIGGER staff_chain_guard BEFORE UPDATE ON staff_chain
  FOR EACH ROW EXECUTE FUNCTION recourse_guard_staff_chain();
CREATE TRIGGER staff_chain_refuse_change BEFORE DELETE OR TRUNCATE ON staff_chain
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
ALTER TABLE staff_event ENABLE ALWAYS TRIGGER staff_event_append;
ALTER TABLE staff_chain ENABLE ALWAYS TRIGGER staff_chain_guard;
ALTER TABLE staff_chain ENABLE ALWAYS TRIGGER staff_chain_refuse_change;

REVOKE EXECUTE ON FUNCTION
  recourse_chain_hash(bytea, text, uuid, integer, text, jsonb, text, uuid, timestamptz, bytea),
  recourse_staff_event_hash(staff_event), recourse_append_staff_event(), recourse_guard_staff_chain()
  FROM PUBLIC;

REVOKE INSERT ON staff_event FROM recourse_casework;
GRANT INSERT (id, staff_id, type, payload, actor_id, occurred_at) ON staff_event TO recourse_casework;
