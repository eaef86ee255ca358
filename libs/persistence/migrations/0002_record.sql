-- The record of a case: append-only, numbered and chained by hash inside the database (docs/adr/0005).

CREATE TABLE case_chain (
  case_id    uuid    NOT NULL,
  last_seq   integer NOT NULL,
  last_hash  bytea   NOT NULL,
  CONSTRAINT case_chain_pk PRIMARY KEY (case_id),
  CONSTRAINT case_chain_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT case_chain_last_seq_ck CHECK (last_seq >= 0),
  CONSTRAINT case_chain_last_hash_ck CHECK (octet_length(last_hash) = 32)
);
COMMENT ON TABLE case_chain IS 'The head of each chain. Locked while an event is appended; written by the trigger only.';

CREATE TABLE case_event (
  id              uuid        NOT NULL,
  case_id         uuid        NOT NULL,
  track_id        uuid        NULL,
  seq             integer     NOT NULL,
  type            text        NOT NULL,
  payload         jsonb       NOT NULL,
  sealed_payload  bytea       NULL,
  actor_kind      text        NOT NULL,
  actor_id        uuid        NULL,
  occurred_at     timestamptz NOT NULL,
  prev_hash       bytea       NOT NULL,
  hash            bytea       NOT NULL,
  CONSTRAINT case_event_pk PRIMARY KEY (id),
  CONSTRAINT case_event_case_seq_uq UNIQUE (case_id, seq),
  CONSTRAINT case_event_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT case_event_track_fk FOREIGN KEY (track_id) REFERENCES track (id),
  CONSTRAINT case_event_actor_kind_ck CHECK (actor_kind IN ('complainant', 'staff', 'system', 'partner')),
  CONSTRAINT case_event_staff_actor_ck CHECK (actor_kind <> 'staff' OR actor_id IS NOT NULL),
  CONSTRAINT case_event_payload_ck CHECK (jsonb_typeof(payload) = 'object')
);
CREATE INDEX case_event_track_idx ON case_event (track_id) WHERE track_id IS NOT NULL;

-- hash = sha256(prev_hash || text || sealed_payload), where text is, in UTF-8 and joined by line feeds: case id, track id or '-',
-- seq, type, payload as PostgreSQL prints its jsonb, actor kind, actor id or '-', occurred_at in whole microseconds since 1970.
-- prev_hash of the first event is 32 zero bytes. libs/domain computes the same outside the database.
CREATE FUNCTION recourse_event_hash(event case_event) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT sha256(
    event.prev_hash
    || convert_to(
         event.case_id::text
         || E'\n' || coalesce(event.track_id::text, '-')
         || E'\n' || event.seq::text
         || E'\n' || event.type
         || E'\n' || event.payload::text
         || E'\n' || event.actor_kind
         || E'\n' || coalesce(event.actor_id::text, '-')
         || E'\n' || (extract(epoch FROM event.occurred_at) * 1000000)::bigint::text,
         'UTF8')
    || coalesce(event.sealed_payload, ''::bytea))
$$;

-- SECURITY DEFINER: intake appends events but may see neither earlier events nor the head of the chain.
CREATE FUNCTION recourse_append_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  head public.case_chain%ROWTYPE;
BEGIN
  SELECT * INTO head FROM public.case_chain WHERE case_id = NEW.case_id FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO public.case_chain (case_id, last_seq, last_hash)
      SELECT c.id, 0, decode(repeat('00', 32), 'hex') FROM public.case_file c WHERE c.id = NEW.case_id
      ON CONFLICT (case_id) DO NOTHING;
    SELECT * INTO head FROM public.case_chain WHERE case_id = NEW.case_id FOR UPDATE;
  END IF;
  -- No such case: the row is refused further on, by the policy or by the foreign key. Refusing it here would tell intake, before its policy is
  -- asked, which cases exist.
  IF NOT FOUND THEN
    head.last_seq := 0;
    head.last_hash := decode(repeat('00', 32), 'hex');
  END IF;
  NEW.seq := head.last_seq + 1;
  NEW.prev_hash := head.last_hash;
  NEW.hash := public.recourse_event_hash(NEW);
  UPDATE public.case_chain SET last_seq = NEW.seq, last_hash = NEW.hash WHERE case_id = NEW.case_id;
  RETURN NEW;
END
$$;

CREATE FUNCTION recourse_refuse_change() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'the record is append-only: % on % is refused', lower(TG_OP), TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

-- The head may only move one event forward, and only from within the trigger above.
CREATE FUNCTION recourse_guard_chain() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF pg_trigger_depth() < 2 OR NEW.case_id <> OLD.case_id OR NEW.last_seq <> OLD.last_seq + 1 THEN
    RAISE EXCEPTION 'the record is append-only: update on % is refused', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER case_event_append BEFORE INSERT ON case_event
  FOR EACH ROW EXECUTE FUNCTION recourse_append_event();
CREATE TRIGGER case_event_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON case_event
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
CREATE TRIGGER case_chain_guard BEFORE UPDATE ON case_chain
  FOR EACH ROW EXECUTE FUNCTION recourse_guard_chain();
CREATE TRIGGER case_chain_refuse_change BEFORE DELETE OR TRUNCATE ON case_chain
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();

-- ALWAYS: a session in replica mode would otherwise skip them.
ALTER TABLE case_event ENABLE ALWAYS TRIGGER case_event_append;
ALTER TABLE case_event ENABLE ALWAYS TRIGGER case_event_refuse_change;
ALTER TABLE case_chain ENABLE ALWAYS TRIGGER case_chain_guard;
ALTER TABLE case_chain ENABLE ALWAYS TRIGGER case_chain_refuse_change;

REVOKE EXECUTE ON FUNCTION recourse_event_hash(case_event), recourse_append_event(), recourse_refuse_change(), recourse_guard_chain()
  FROM PUBLIC;
