-- What happens to accounts and teams is recorded too: who changed a password, who was taken off a team and by whom. Ids and codes only. Not of a case,
-- so not in a case's chain; append-only by the same trigger.

CREATE TABLE staff_event (
  id           uuid        NOT NULL,
  staff_id     uuid        NOT NULL,
  type         text        NOT NULL,
  payload      jsonb       NOT NULL,
  actor_id     uuid        NOT NULL,
  occurred_at  timestamptz NOT NULL,
  CONSTRAINT staff_event_pk PRIMARY KEY (id),
  CONSTRAINT staff_event_staff_fk FOREIGN KEY (staff_id) REFERENCES staff_member (id),
  CONSTRAINT staff_event_actor_fk FOREIGN KEY (actor_id) REFERENCES staff_member (id),
  CONSTRAINT staff_event_payload_ck CHECK (jsonb_typeof(payload) = 'object')
);
COMMENT ON TABLE staff_event IS 'The record of accounts and teams: staff_id is whom it is about, actor_id who did it.';
CREATE INDEX staff_event_staff_idx ON staff_event (staff_id, occurred_at);
CREATE INDEX staff_event_actor_idx ON staff_event (actor_id);

CREATE TRIGGER staff_event_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_event
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
ALTER TABLE staff_event ENABLE ALWAYS TRIGGER staff_event_refuse_change;

GRANT SELECT, INSERT ON staff_event TO recourse_casework;
