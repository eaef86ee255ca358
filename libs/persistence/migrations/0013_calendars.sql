-- Calendars are published like procedures: each change is the next version, with every day written out. Open clocks say by which version they were
-- computed; the worker recomputes those that are behind.

CREATE TABLE calendar_version (
  id              uuid        NOT NULL,
  calendar        text        NOT NULL,
  version         integer     NOT NULL,
  content_hash    bytea       NOT NULL,
  document        text        NOT NULL,
  resolved        jsonb       NOT NULL,
  holiday_source  text        NULL,
  known_until     date        NULL,
  published_at    timestamptz NOT NULL,
  CONSTRAINT calendar_version_pk PRIMARY KEY (id),
  CONSTRAINT calendar_version_calendar_version_uq UNIQUE (calendar, version),
  CONSTRAINT calendar_version_version_ck CHECK (version > 0),
  CONSTRAINT calendar_version_content_hash_ck CHECK (octet_length(content_hash) = 32),
  CONSTRAINT calendar_version_resolved_ck CHECK (jsonb_typeof(resolved) = 'object')
);
COMMENT ON TABLE calendar_version IS 'One published, immutable version of a calendar: the document, and what it says with every day written out.';
COMMENT ON COLUMN calendar_version.resolved IS 'What clocks are computed by: {calendar, days, origin}; libs/domain/src/clocks/calendar-document.ts.';
COMMENT ON COLUMN calendar_version.known_until IS 'The last day for which public holidays are known; null when the calendar has none.';

-- 0: computed before calendars had versions.
ALTER TABLE deadline ADD COLUMN calendar_version integer NOT NULL DEFAULT 0;
ALTER TABLE deadline ADD CONSTRAINT deadline_calendar_version_ck CHECK (calendar_version >= 0);
CREATE INDEX deadline_calendar_idx ON deadline (calendar, calendar_version, id) WHERE state IN ('running', 'paused');

GRANT SELECT ON calendar_version TO recourse_intake, recourse_casework, recourse_worker;
GRANT INSERT (calendar_version) ON deadline TO recourse_intake, recourse_worker;
GRANT UPDATE (calendar_version) ON deadline TO recourse_casework, recourse_worker;
