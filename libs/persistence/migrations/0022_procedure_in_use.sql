-- On which procedure a new complaint begins (docs/adr/0022). The newest row of each kind counts; the others say what counted before.
CREATE TABLE procedure_in_use (
  id          uuid        NOT NULL,
  kind        text        NULL,
  procedure   text        NOT NULL,
  decided_at  timestamptz NOT NULL,
  CONSTRAINT procedure_in_use_pk PRIMARY KEY (id)
);
COMMENT ON TABLE procedure_in_use IS 'On which procedure complaints begin from then on.';
COMMENT ON COLUMN procedure_in_use.kind IS 'Of which kind; null for every kind that has no row of its own.';
CREATE INDEX procedure_in_use_kind_idx ON procedure_in_use (kind, decided_at, id);

CREATE TRIGGER procedure_in_use_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_in_use
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
ALTER TABLE procedure_in_use ENABLE ALWAYS TRIGGER procedure_in_use_refuse_change;

GRANT SELECT ON procedure_in_use TO recourse_intake, recourse_casework;
