-- The record of accounts and teams says in whose name something happened: of somebody on the staff, of the operator by a command, or of the software by itself.
-- Until now only the staff wrote there, and the hash said so.

ALTER TABLE staff_event ADD COLUMN actor_kind text NOT NULL DEFAULT 'staff';
ALTER TABLE staff_event ALTER COLUMN actor_kind DROP DEFAULT;
ALTER TABLE staff_event ALTER COLUMN actor_id DROP NOT NULL;
ALTER TABLE staff_event
  ADD CONSTRAINT staff_event_actor_kind_ck CHECK (actor_kind IN ('staff', 'operator', 'system')),
  ADD CONSTRAINT staff_event_actor_ck CHECK (CASE actor_kind WHEN 'staff' THEN actor_id IS NOT NULL WHEN 'system' THEN actor_id IS NULL ELSE true END);
COMMENT ON COLUMN staff_event.actor_id IS 'Who did it; of the operator, with whose key it was done; null for the software and where the operator needed no key.';

CREATE OR REPLACE FUNCTION recourse_staff_event_hash(event staff_event) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.recourse_chain_hash(event.prev_hash, 'staff', event.staff_id, event.seq, event.type, event.payload, event.actor_kind, event.actor_id,
                                    event.occurred_at, NULL)
$$;

GRANT INSERT (actor_kind) ON staff_event TO recourse_casework;
