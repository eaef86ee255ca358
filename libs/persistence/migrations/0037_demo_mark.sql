-- A database that was made as a demo workspace says so for ever, wherever it is copied: its accounts have passwords that stand in the public source, so
-- nothing of it may run in production.
CREATE TABLE demo_mark (
  id       uuid        NOT NULL,
  made_at  timestamptz NOT NULL,
  CONSTRAINT demo_mark_pk PRIMARY KEY (id)
);
COMMENT ON TABLE demo_mark IS 'Has a row when this database was made as a demo workspace.';

CREATE TRIGGER demo_mark_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON demo_mark
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
ALTER TABLE demo_mark ENABLE ALWAYS TRIGGER demo_mark_refuse_change;

GRANT SELECT ON demo_mark TO recourse_intake, recourse_casework, recourse_worker;

-- Demo workspaces of earlier releases are known by their invented people. Nobody real has an address in the reserved domain “.example”.
INSERT INTO demo_mark (id, made_at)
SELECT gen_random_uuid(), min(created_at) FROM staff_member
WHERE (sign_in_name, email) IN (
  ('maren', 'maren.oduya@recourse.example'), ('tomas', 'tomas.belkacem@recourse.example'), ('ilse', 'ilse.varga-mensah@recourse.example'),
  ('joaquim', 'joaquim.feld@recourse.example'), ('solvei', 'solvei.anand-ruiz@recourse.example'))
HAVING count(*) > 0;
