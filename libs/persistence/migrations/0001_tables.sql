-- The tables. Words are those of docs/glossary.md; ids are UUID version 7 made by the application; every instant is timestamptz.
-- Columns whose name starts with "sealed_" hold ciphertext (libs/vault) and are opaque here. Nothing is numbered by a sequence:
-- a running number would tell everybody who sees two of them how many complaints came in between.

-- ── keys and people of the institution ────────────────────────────────────────────────────────────────────────────

CREATE TABLE vault_key (
  id          uuid        NOT NULL,
  kind        text        NOT NULL,
  public_key  bytea       NOT NULL,
  created_at  timestamptz NOT NULL,
  CONSTRAINT vault_key_pk PRIMARY KEY (id),
  CONSTRAINT vault_key_kind_ck CHECK (kind IN ('worker', 'recovery')),
  CONSTRAINT vault_key_public_key_ck CHECK (octet_length(public_key) = 32)
);
CREATE INDEX vault_key_kind_idx ON vault_key (kind, created_at DESC);
COMMENT ON TABLE vault_key IS 'Public halves of the keys made at set-up; the newest of a kind is the one in use.';

CREATE TABLE team (
  id          uuid  NOT NULL,
  code        text  NOT NULL,
  name        text  NOT NULL,
  public_key  bytea NOT NULL,
  CONSTRAINT team_pk PRIMARY KEY (id),
  CONSTRAINT team_code_uq UNIQUE (code),
  CONSTRAINT team_public_key_ck CHECK (octet_length(public_key) = 32)
);

CREATE TABLE staff_member (
  id                  uuid        NOT NULL,
  sign_in_name        text        NOT NULL,
  display_name        text        NOT NULL,
  email               text        NOT NULL,
  role                text        NOT NULL,
  language            text        NOT NULL,
  public_key          bytea       NOT NULL,
  wrapped_secret_key  bytea       NOT NULL,
  kdf                 jsonb       NOT NULL,
  active              boolean     NOT NULL,
  created_at          timestamptz NOT NULL,
  failed_sign_ins     integer     NOT NULL DEFAULT 0,
  locked_until        timestamptz NULL,
  CONSTRAINT staff_member_pk PRIMARY KEY (id),
  CONSTRAINT staff_member_sign_in_name_uq UNIQUE (sign_in_name),
  CONSTRAINT staff_member_role_ck CHECK (role IN ('officer', 'supervisor', 'director', 'administrator')),
  CONSTRAINT staff_member_public_key_ck CHECK (octet_length(public_key) = 32),
  CONSTRAINT staff_member_failed_sign_ins_ck CHECK (failed_sign_ins >= 0)
);

CREATE TABLE team_member (
  team_id          uuid  NOT NULL,
  staff_id         uuid  NOT NULL,
  team_role        text  NOT NULL,
  sealed_team_key  bytea NOT NULL,
  CONSTRAINT team_member_pk PRIMARY KEY (team_id, staff_id),
  CONSTRAINT team_member_team_fk FOREIGN KEY (team_id) REFERENCES team (id),
  CONSTRAINT team_member_staff_fk FOREIGN KEY (staff_id) REFERENCES staff_member (id),
  CONSTRAINT team_member_team_role_ck CHECK (team_role IN ('member', 'lead'))
);
CREATE INDEX team_member_staff_idx ON team_member (staff_id);

CREATE TABLE staff_session (
  lookup             bytea       NOT NULL,
  staff_id           uuid        NOT NULL,
  sealed_secret_key  bytea       NOT NULL,
  created_at         timestamptz NOT NULL,
  expires_at         timestamptz NOT NULL,
  CONSTRAINT staff_session_pk PRIMARY KEY (lookup),
  CONSTRAINT staff_session_staff_fk FOREIGN KEY (staff_id) REFERENCES staff_member (id)
);
CREATE INDEX staff_session_staff_idx ON staff_session (staff_id);
CREATE INDEX staff_session_expires_idx ON staff_session (expires_at);

-- ── what is complained about, and the rules ───────────────────────────────────────────────────────────────────────

CREATE TABLE company (
  id            uuid NOT NULL,
  name          text NOT NULL,
  country       text NOT NULL,
  membership    text NOT NULL,
  member_from   date NULL,
  member_until  date NULL,
  CONSTRAINT company_pk PRIMARY KEY (id),
  CONSTRAINT company_name_uq UNIQUE (name),
  CONSTRAINT company_country_ck CHECK (country ~ '^[A-Z]{2}$'),
  CONSTRAINT company_membership_ck CHECK (membership IN ('member', 'former_member', 'not_member')),
  CONSTRAINT company_member_dates_ck CHECK (member_until IS NULL OR member_from IS NULL OR member_until >= member_from)
);

CREATE TABLE procedure_version (
  id            uuid        NOT NULL,
  procedure     text        NOT NULL,
  version       integer     NOT NULL,
  content_hash  bytea       NOT NULL,
  document      text        NOT NULL,
  published_at  timestamptz NOT NULL,
  CONSTRAINT procedure_version_pk PRIMARY KEY (id),
  CONSTRAINT procedure_version_procedure_version_uq UNIQUE (procedure, version),
  CONSTRAINT procedure_version_version_ck CHECK (version > 0),
  CONSTRAINT procedure_version_content_hash_ck CHECK (octet_length(content_hash) = 32)
);

-- ── the case ──────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE case_file (
  id               uuid        NOT NULL,
  reference        text        NOT NULL,
  received_at      timestamptz NOT NULL,
  channel          text        NOT NULL,
  language         text        NOT NULL,
  answer_language  text        NOT NULL,
  country          text        NULL,
  kind             text        NOT NULL,
  anonymity        text        NOT NULL,
  desk_team_id     uuid        NOT NULL,
  company_id       uuid        NULL,
  -- The transaction that wrote the row. Intake may not set it; a receipt can only be attached to a case of its own transaction.
  filed_in         xid8        NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT case_file_pk PRIMARY KEY (id),
  CONSTRAINT case_file_reference_uq UNIQUE (reference),
  CONSTRAINT case_file_desk_team_fk FOREIGN KEY (desk_team_id) REFERENCES team (id),
  CONSTRAINT case_file_company_fk FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT case_file_reference_ck CHECK (reference ~ '^[A-Z0-9-]{5,32}$'),
  CONSTRAINT case_file_country_ck CHECK (country ~ '^[A-Z]{2}$'),
  CONSTRAINT case_file_kind_ck CHECK (kind IN ('harm', 'credible_evidence', 'company_mechanism', 'other')),
  CONSTRAINT case_file_anonymity_ck CHECK (anonymity IN ('anonymous', 'confidential', 'open'))
);
CREATE INDEX case_file_desk_team_idx ON case_file (desk_team_id, received_at);
CREATE INDEX case_file_company_idx ON case_file (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX case_file_received_at_idx ON case_file (received_at, id);

CREATE TABLE case_key_grant (
  id           uuid        NOT NULL,
  case_id      uuid        NOT NULL,
  key_version  integer     NOT NULL,
  holder_kind  text        NOT NULL,
  holder_id    uuid        NULL,
  sealed_key   bytea       NOT NULL,
  granted_at   timestamptz NOT NULL,
  CONSTRAINT case_key_grant_pk PRIMARY KEY (id),
  CONSTRAINT case_key_grant_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT case_key_grant_holder_uq UNIQUE NULLS NOT DISTINCT (case_id, key_version, holder_kind, holder_id),
  CONSTRAINT case_key_grant_key_version_ck CHECK (key_version > 0),
  CONSTRAINT case_key_grant_holder_kind_ck CHECK (holder_kind IN ('team', 'complainant', 'recovery', 'staff')),
  CONSTRAINT case_key_grant_holder_id_ck CHECK ((holder_kind IN ('team', 'staff')) = (holder_id IS NOT NULL))
);
COMMENT ON COLUMN case_key_grant.holder_id IS 'team.id or staff_member.id, by holder_kind; null for the complainant and the recovery key.';

CREATE TABLE receipt (
  lookup      bytea       NOT NULL,
  case_id     uuid        NOT NULL,
  public_key  bytea       NOT NULL,
  created_at  timestamptz NOT NULL,
  CONSTRAINT receipt_pk PRIMARY KEY (lookup),
  CONSTRAINT receipt_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT receipt_lookup_ck CHECK (octet_length(lookup) = 32),
  CONSTRAINT receipt_public_key_ck CHECK (octet_length(public_key) = 32)
);
CREATE INDEX receipt_case_idx ON receipt (case_id);

-- A repeated submit is the same complaint. Both values are keyed by the client's secret UUID (docs/adr/0004).
CREATE TABLE filing (
  idempotency_lookup  bytea       NOT NULL,
  body_check          bytea       NOT NULL,
  case_id             uuid        NOT NULL,
  receipt_lookup      bytea       NOT NULL,
  created_at          timestamptz NOT NULL,
  CONSTRAINT filing_pk PRIMARY KEY (idempotency_lookup),
  CONSTRAINT filing_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT filing_receipt_fk FOREIGN KEY (receipt_lookup) REFERENCES receipt (lookup)
);
CREATE INDEX filing_case_idx ON filing (case_id);
CREATE INDEX filing_receipt_idx ON filing (receipt_lookup);

CREATE TABLE intake_item (
  id              uuid        NOT NULL,
  case_id         uuid        NOT NULL,
  kind            text        NOT NULL,
  channel         text        NOT NULL,
  received_at     timestamptz NOT NULL,
  sealed_answers  bytea       NOT NULL,
  CONSTRAINT intake_item_pk PRIMARY KEY (id),
  CONSTRAINT intake_item_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT intake_item_kind_ck CHECK (kind IN ('complaint', 'addition'))
);
CREATE INDEX intake_item_case_idx ON intake_item (case_id, received_at);

CREATE TABLE party (
  id           uuid        NOT NULL,
  case_id      uuid        NOT NULL,
  role         text        NOT NULL,
  company_id   uuid        NULL,
  sealed_name  bytea       NULL,
  created_at   timestamptz NOT NULL,
  CONSTRAINT party_pk PRIMARY KEY (id),
  CONSTRAINT party_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT party_company_fk FOREIGN KEY (company_id) REFERENCES company (id)
);
CREATE INDEX party_case_idx ON party (case_id, created_at);
CREATE INDEX party_company_idx ON party (company_id) WHERE company_id IS NOT NULL;

-- ── procedures running on cases, and their clocks ─────────────────────────────────────────────────────────────────

CREATE TABLE track (
  id                    uuid        NOT NULL,
  case_id               uuid        NOT NULL,
  procedure_version_id  uuid        NOT NULL,
  procedure             text        NOT NULL,
  stage                 text        NOT NULL,
  revision              integer     NOT NULL,
  team_id               uuid        NOT NULL,
  assignee_id           uuid        NULL,
  opened_at             timestamptz NOT NULL,
  stage_entered_at      timestamptz NOT NULL,
  closed_at             timestamptz NULL,
  outcome               text        NULL,
  next_due_at           timestamptz NULL,
  has_news              boolean     NOT NULL,
  CONSTRAINT track_pk PRIMARY KEY (id),
  CONSTRAINT track_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT track_procedure_version_fk FOREIGN KEY (procedure_version_id) REFERENCES procedure_version (id),
  CONSTRAINT track_team_fk FOREIGN KEY (team_id) REFERENCES team (id),
  CONSTRAINT track_assignee_fk FOREIGN KEY (assignee_id) REFERENCES staff_member (id),
  CONSTRAINT track_revision_ck CHECK (revision > 0),
  CONSTRAINT track_outcome_ck CHECK (outcome IS NULL OR closed_at IS NOT NULL)
);
CREATE INDEX track_case_idx ON track (case_id);
CREATE INDEX track_procedure_version_idx ON track (procedure_version_id);
CREATE INDEX track_team_idx ON track (team_id);
CREATE INDEX track_assignee_idx ON track (assignee_id) WHERE assignee_id IS NOT NULL;
-- Open work in the order of the queue: what is due first comes first; a track whose clocks are all paused comes last.
CREATE INDEX track_open_team_due_idx ON track (team_id, (coalesce(next_due_at, 'infinity'::timestamptz)), id) WHERE closed_at IS NULL;
CREATE INDEX track_open_due_idx ON track ((coalesce(next_due_at, 'infinity'::timestamptz)), id) WHERE closed_at IS NULL;
CREATE INDEX track_open_assignee_due_idx ON track (assignee_id, (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  WHERE closed_at IS NULL AND assignee_id IS NOT NULL;
CREATE INDEX track_open_news_due_idx ON track (team_id, (coalesce(next_due_at, 'infinity'::timestamptz)), id) WHERE closed_at IS NULL AND has_news;
CREATE INDEX track_closed_idx ON track (team_id, closed_at DESC, id DESC) WHERE closed_at IS NOT NULL;

CREATE TABLE deadline (
  id                 uuid        NOT NULL,
  track_id           uuid        NOT NULL,
  case_id            uuid        NOT NULL,
  kind               text        NOT NULL,
  stage              text        NOT NULL,
  calendar           text        NOT NULL,
  started_at         timestamptz NOT NULL,
  due_at             timestamptz NOT NULL,
  paused_at          timestamptz NULL,
  pause_reason_code  text        NULL,
  remaining_ms       bigint      NULL,
  level              integer     NOT NULL,
  next_fire_at       timestamptz NULL,
  state              text        NOT NULL,
  finished_at        timestamptz NULL,
  failure_count      integer     NOT NULL DEFAULT 0,
  set_aside_at       timestamptz NULL,
  CONSTRAINT deadline_pk PRIMARY KEY (id),
  CONSTRAINT deadline_track_fk FOREIGN KEY (track_id) REFERENCES track (id),
  CONSTRAINT deadline_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT deadline_state_ck CHECK (state IN ('running', 'paused', 'met', 'missed_met', 'cancelled')),
  CONSTRAINT deadline_paused_ck CHECK ((state = 'paused') = (paused_at IS NOT NULL)),
  CONSTRAINT deadline_finished_ck CHECK ((state IN ('met', 'missed_met', 'cancelled')) = (finished_at IS NOT NULL)),
  CONSTRAINT deadline_level_ck CHECK (level >= 0),
  CONSTRAINT deadline_remaining_ck CHECK (remaining_ms IS NULL OR remaining_ms >= 0),
  CONSTRAINT deadline_failure_count_ck CHECK (failure_count >= 0)
);
CREATE INDEX deadline_track_idx ON deadline (track_id);
CREATE INDEX deadline_case_idx ON deadline (case_id);
CREATE INDEX deadline_due_idx ON deadline (next_fire_at, id) WHERE state = 'running' AND set_aside_at IS NULL;
CREATE INDEX deadline_set_aside_idx ON deadline (set_aside_at) WHERE set_aside_at IS NOT NULL;

-- ── what was said and handed in ───────────────────────────────────────────────────────────────────────────────────

CREATE TABLE message (
  id               uuid        NOT NULL,
  case_id          uuid        NOT NULL,
  direction        text        NOT NULL,
  author_staff_id  uuid        NULL,
  sent_at          timestamptz NOT NULL,
  sealed_body      bytea       NOT NULL,
  first_read_at    timestamptz NULL,
  CONSTRAINT message_pk PRIMARY KEY (id),
  CONSTRAINT message_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT message_author_staff_fk FOREIGN KEY (author_staff_id) REFERENCES staff_member (id),
  CONSTRAINT message_direction_ck CHECK (direction IN ('to_complainant', 'from_complainant')),
  CONSTRAINT message_author_ck CHECK ((direction = 'to_complainant') = (author_staff_id IS NOT NULL))
);
CREATE INDEX message_case_idx ON message (case_id, sent_at);
CREATE INDEX message_author_staff_idx ON message (author_staff_id) WHERE author_staff_id IS NOT NULL;

CREATE TABLE evidence_file (
  id                   uuid        NOT NULL,
  case_id              uuid        NOT NULL,
  intake_item_id       uuid        NULL,
  received_at          timestamptz NOT NULL,
  sealed_name          bytea       NOT NULL,
  media_type           text        NULL,
  size_bytes           bigint      NOT NULL,
  sha256               bytea       NOT NULL,
  sealed_plain_sha256  bytea       NULL,
  storage_key          text        NOT NULL,
  CONSTRAINT evidence_file_pk PRIMARY KEY (id),
  CONSTRAINT evidence_file_storage_key_uq UNIQUE (storage_key),
  CONSTRAINT evidence_file_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT evidence_file_intake_item_fk FOREIGN KEY (intake_item_id) REFERENCES intake_item (id),
  CONSTRAINT evidence_file_size_ck CHECK (size_bytes >= 0),
  CONSTRAINT evidence_file_sha256_ck CHECK (octet_length(sha256) = 32)
);
CREATE INDEX evidence_file_case_idx ON evidence_file (case_id, received_at);
CREATE INDEX evidence_file_intake_item_idx ON evidence_file (intake_item_id) WHERE intake_item_id IS NOT NULL;
COMMENT ON COLUMN evidence_file.sha256 IS 'Of the sealed bytes in the evidence store; the hash of the original is in sealed_plain_sha256.';

CREATE TABLE contact_route (
  id              uuid        NOT NULL,
  case_id         uuid        NOT NULL,
  kind            text        NOT NULL,
  sealed_address  bytea       NOT NULL,
  language        text        NOT NULL,
  neutral         boolean     NOT NULL,
  quiet_from      time        NULL,
  quiet_until     time        NULL,
  time_zone       text        NULL,
  active          boolean     NOT NULL,
  created_at      timestamptz NOT NULL,
  CONSTRAINT contact_route_pk PRIMARY KEY (id),
  CONSTRAINT contact_route_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT contact_route_kind_ck CHECK (kind IN ('email')),
  CONSTRAINT contact_route_quiet_ck CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);
CREATE INDEX contact_route_case_idx ON contact_route (case_id);

-- ── what leaves the database ──────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE outbox_message (
  id               uuid        NOT NULL,
  topic            text        NOT NULL,
  payload          jsonb       NOT NULL,
  dedupe_key       text        NULL,
  created_at       timestamptz NOT NULL,
  available_at     timestamptz NOT NULL,
  handed_at        timestamptz NULL,
  done_at          timestamptz NULL,
  attempts         integer     NOT NULL DEFAULT 0,
  last_error_code  text        NULL,
  set_aside_at     timestamptz NULL,
  CONSTRAINT outbox_message_pk PRIMARY KEY (id),
  CONSTRAINT outbox_message_dedupe_key_uq UNIQUE (dedupe_key),
  CONSTRAINT outbox_message_attempts_ck CHECK (attempts >= 0)
);
CREATE INDEX outbox_message_pending_idx ON outbox_message (available_at, id)
  WHERE handed_at IS NULL AND done_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX outbox_message_handed_idx ON outbox_message (handed_at, id)
  WHERE handed_at IS NOT NULL AND done_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX outbox_message_set_aside_idx ON outbox_message (set_aside_at) WHERE set_aside_at IS NOT NULL;
CREATE INDEX outbox_message_done_idx ON outbox_message (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE notification (
  id               uuid        NOT NULL,
  kind             text        NOT NULL,
  recipient_kind   text        NOT NULL,
  recipient_id     uuid        NOT NULL,
  case_id          uuid        NULL,
  channel          text        NOT NULL,
  state            text        NOT NULL,
  attempts         integer     NOT NULL DEFAULT 0,
  created_at       timestamptz NOT NULL,
  sent_at          timestamptz NULL,
  dedupe_key       text        NOT NULL,
  last_error_code  text        NULL,
  CONSTRAINT notification_pk PRIMARY KEY (id),
  CONSTRAINT notification_dedupe_key_uq UNIQUE (dedupe_key),
  CONSTRAINT notification_case_fk FOREIGN KEY (case_id) REFERENCES case_file (id),
  CONSTRAINT notification_recipient_kind_ck CHECK (recipient_kind IN ('staff', 'complainant')),
  CONSTRAINT notification_state_ck CHECK (state IN ('waiting', 'sent', 'failed', 'suppressed')),
  CONSTRAINT notification_sent_ck CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  CONSTRAINT notification_attempts_ck CHECK (attempts >= 0)
);
CREATE INDEX notification_case_idx ON notification (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX notification_waiting_idx ON notification (created_at, id) WHERE state = 'waiting';
CREATE INDEX notification_failed_idx ON notification (created_at, id) WHERE state = 'failed';
CREATE INDEX notification_recipient_idx ON notification (recipient_kind, recipient_id);
COMMENT ON COLUMN notification.recipient_id IS 'staff_member.id, or contact_route.id for a complainant.';
