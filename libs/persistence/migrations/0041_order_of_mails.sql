-- Whether one mail was sent after another had been planned was told by the clocks of two workers, which differ by seconds: a mail about a message that had come after the one before was
-- read could count as told already. The database has one clock (docs/adr/0031).

ALTER TABLE notification ADD COLUMN planned_at timestamptz NULL, ADD COLUMN sending_since timestamptz NULL;
UPDATE notification SET planned_at = created_at, sending_since = sent_at;
ALTER TABLE notification ALTER COLUMN planned_at SET DEFAULT clock_timestamp(), ALTER COLUMN planned_at SET NOT NULL;
COMMENT ON COLUMN notification.created_at IS 'When it was planned, in case time.';
COMMENT ON COLUMN notification.planned_at IS 'The same by the clock of the database, to be compared with sending_since.';
COMMENT ON COLUMN notification.sending_since IS 'When the attempt began by which it was sent, by the clock of the database: what was planned later it does not tell of.';
GRANT UPDATE (sending_since) ON notification TO recourse_worker;
