-- When somebody last said of a track that they have read what was new on it. A mail about news that nobody has read yet is not sent twice within a while
-- (libs/cases/src/notifications/news-pace.ts): whether it was read, `has_news` cannot tell, because the next message sets it again.
ALTER TABLE track ADD COLUMN news_read_at timestamptz;
GRANT UPDATE (news_read_at) ON track TO recourse_casework;

-- What somebody was told about a case, without reading everything that anybody was ever told about it.
CREATE INDEX notification_case_recipient_idx ON notification (case_id, recipient_id) WHERE case_id IS NOT NULL;
DROP INDEX notification_case_idx;
