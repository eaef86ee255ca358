-- What is published never changes, for the owner either: running cases were promised these rules and these days. Publishing inserts; nothing else is ever needed.
CREATE TRIGGER procedure_version_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_version
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
ALTER TABLE procedure_version ENABLE ALWAYS TRIGGER procedure_version_refuse_change;

CREATE TRIGGER calendar_version_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_version
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
ALTER TABLE calendar_version ENABLE ALWAYS TRIGGER calendar_version_refuse_change;
