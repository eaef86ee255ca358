-- Made from a migrated database (describe-schema.ts); compared by "npm run check". Read it, never run it: the numbered files in
-- migrations/ make the database. "owner" stands for whoever migrates.

-- ── tables

CREATE TABLE public.approval_request (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  track_id uuid NOT NULL,
  action text NOT NULL,
  stage text NOT NULL,
  requested_by uuid NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  answer_due_at timestamp with time zone NOT NULL,
  sealed_content bytea NOT NULL,
  state text NOT NULL,
  answered_by uuid NULL,
  answered_at timestamp with time zone NULL,
  calendar_version integer NOT NULL DEFAULT 0,
  CONSTRAINT approval_request_pk PRIMARY KEY (id),
  CONSTRAINT approval_request_answered_by_fk FOREIGN KEY (answered_by) REFERENCES public.staff_member(id),
  CONSTRAINT approval_request_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT approval_request_requested_by_fk FOREIGN KEY (requested_by) REFERENCES public.staff_member(id),
  CONSTRAINT approval_request_track_fk FOREIGN KEY (track_id) REFERENCES public.track(id),
  CONSTRAINT approval_request_answered_ck CHECK (((state = 'waiting'::text) = (answered_at IS NULL))),
  CONSTRAINT approval_request_calendar_version_ck CHECK ((calendar_version >= 0)),
  CONSTRAINT approval_request_given_by_ck CHECK (((state <> 'given'::text) OR (answered_by IS NOT NULL))),
  CONSTRAINT approval_request_second_person_ck CHECK (((state <> 'given'::text) OR (answered_by IS DISTINCT FROM requested_by))),
  CONSTRAINT approval_request_state_ck CHECK ((state = ANY (ARRAY['waiting'::text, 'given'::text, 'declined'::text, 'lapsed'::text])))
);

CREATE TABLE public.calendar_version (
  id uuid NOT NULL,
  calendar text NOT NULL,
  version integer NOT NULL,
  content_hash bytea NOT NULL,
  document text NOT NULL,
  resolved jsonb NOT NULL,
  holiday_source text NULL,
  known_until date NULL,
  published_at timestamp with time zone NOT NULL,
  CONSTRAINT calendar_version_pk PRIMARY KEY (id),
  CONSTRAINT calendar_version_calendar_version_uq UNIQUE (calendar, version),
  CONSTRAINT calendar_version_content_hash_ck CHECK ((octet_length(content_hash) = 32)),
  CONSTRAINT calendar_version_resolved_ck CHECK ((jsonb_typeof(resolved) = 'object'::text)),
  CONSTRAINT calendar_version_version_ck CHECK ((version > 0))
);

CREATE TABLE public.case_chain (
  case_id uuid NOT NULL,
  last_seq integer NOT NULL,
  last_hash bytea NOT NULL,
  CONSTRAINT case_chain_pk PRIMARY KEY (case_id),
  CONSTRAINT case_chain_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT case_chain_last_hash_ck CHECK ((octet_length(last_hash) = 32)),
  CONSTRAINT case_chain_last_seq_ck CHECK ((last_seq >= 0))
);

CREATE TABLE public.case_event (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  track_id uuid NULL,
  seq integer NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  sealed_payload bytea NULL,
  actor_kind text NOT NULL,
  actor_id uuid NULL,
  occurred_at timestamp with time zone NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT case_event_pk PRIMARY KEY (id),
  CONSTRAINT case_event_case_seq_uq UNIQUE (case_id, seq),
  CONSTRAINT case_event_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT case_event_track_fk FOREIGN KEY (track_id) REFERENCES public.track(id),
  CONSTRAINT case_event_actor_kind_ck CHECK ((actor_kind = ANY (ARRAY['complainant'::text, 'staff'::text, 'system'::text, 'partner'::text]))),
  CONSTRAINT case_event_payload_ck CHECK ((jsonb_typeof(payload) = 'object'::text)),
  CONSTRAINT case_event_staff_actor_ck CHECK (((actor_kind <> 'staff'::text) OR (actor_id IS NOT NULL)))
);

CREATE TABLE public.case_file (
  id uuid NOT NULL,
  reference text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  channel text NOT NULL,
  language text NOT NULL,
  answer_language text NOT NULL,
  country text NULL,
  kind text NOT NULL,
  anonymity text NOT NULL,
  desk_team_id uuid NOT NULL,
  company_id uuid NULL,
  filed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT case_file_pk PRIMARY KEY (id),
  CONSTRAINT case_file_reference_uq UNIQUE (reference),
  CONSTRAINT case_file_company_fk FOREIGN KEY (company_id) REFERENCES public.company(id),
  CONSTRAINT case_file_desk_team_fk FOREIGN KEY (desk_team_id) REFERENCES public.team(id),
  CONSTRAINT case_file_anonymity_ck CHECK ((anonymity = ANY (ARRAY['anonymous'::text, 'confidential'::text, 'open'::text]))),
  CONSTRAINT case_file_country_ck CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT case_file_kind_ck CHECK ((kind = ANY (ARRAY['harm'::text, 'credible_evidence'::text, 'company_mechanism'::text, 'other'::text]))),
  CONSTRAINT case_file_reference_ck CHECK ((reference ~ '^[A-Z0-9-]{5,32}$'::text))
);

CREATE TABLE public.case_key_grant (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  key_version integer NOT NULL,
  holder_kind text NOT NULL,
  holder_id uuid NULL,
  sealed_key bytea NOT NULL,
  granted_at timestamp with time zone NOT NULL,
  sealed_to bytea NULL,
  set_aside_at timestamp with time zone NULL,
  CONSTRAINT case_key_grant_pk PRIMARY KEY (id),
  CONSTRAINT case_key_grant_holder_uq UNIQUE NULLS NOT DISTINCT (case_id, key_version, holder_kind, holder_id),
  CONSTRAINT case_key_grant_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT case_key_grant_holder_id_ck CHECK (((holder_kind = ANY (ARRAY['team'::text, 'staff'::text])) = (holder_id IS NOT NULL))),
  CONSTRAINT case_key_grant_holder_kind_ck CHECK ((holder_kind = ANY (ARRAY['team'::text, 'complainant'::text, 'recovery'::text, 'staff'::text]))),
  CONSTRAINT case_key_grant_key_version_ck CHECK ((key_version > 0)),
  CONSTRAINT case_key_grant_sealed_to_ck CHECK ((octet_length(sealed_to) = 32)),
  CONSTRAINT case_key_grant_set_aside_ck CHECK (((set_aside_at IS NULL) OR (holder_kind = 'team'::text)))
);

CREATE TABLE public.company (
  id uuid NOT NULL,
  name text NOT NULL,
  country text NOT NULL,
  membership text NOT NULL,
  member_from date NULL,
  member_until date NULL,
  CONSTRAINT company_pk PRIMARY KEY (id),
  CONSTRAINT company_name_uq UNIQUE (name),
  CONSTRAINT company_country_ck CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT company_member_dates_ck CHECK (((member_until IS NULL) OR (member_from IS NULL) OR (member_until >= member_from))),
  CONSTRAINT company_membership_ck CHECK ((membership = ANY (ARRAY['member'::text, 'former_member'::text, 'not_member'::text])))
);

CREATE TABLE public.contact_route (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind text NOT NULL,
  sealed_address bytea NOT NULL,
  language text NOT NULL,
  neutral boolean NOT NULL,
  quiet_from time without time zone NULL,
  quiet_until time without time zone NULL,
  time_zone text NULL,
  active boolean NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT contact_route_pk PRIMARY KEY (id),
  CONSTRAINT contact_route_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT contact_route_kind_ck CHECK ((kind = 'email'::text)),
  CONSTRAINT contact_route_quiet_ck CHECK (((quiet_from IS NULL) = (quiet_until IS NULL)))
);

CREATE TABLE public.deadline (
  id uuid NOT NULL,
  track_id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind text NOT NULL,
  stage text NOT NULL,
  calendar text NOT NULL,
  started_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  paused_at timestamp with time zone NULL,
  pause_reason_code text NULL,
  remaining_ms bigint NULL,
  level integer NOT NULL,
  next_fire_at timestamp with time zone NULL,
  state text NOT NULL,
  finished_at timestamp with time zone NULL,
  failure_count integer NOT NULL DEFAULT 0,
  set_aside_at timestamp with time zone NULL,
  extensions integer NOT NULL DEFAULT 0,
  pause_until timestamp with time zone NULL,
  calendar_version integer NOT NULL DEFAULT 0,
  last_error_code text NULL,
  missed_at timestamp with time zone NULL,
  CONSTRAINT deadline_pk PRIMARY KEY (id),
  CONSTRAINT deadline_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT deadline_track_fk FOREIGN KEY (track_id) REFERENCES public.track(id),
  CONSTRAINT deadline_calendar_version_ck CHECK ((calendar_version >= 0)),
  CONSTRAINT deadline_extensions_ck CHECK ((extensions >= 0)),
  CONSTRAINT deadline_failure_count_ck CHECK ((failure_count >= 0)),
  CONSTRAINT deadline_finished_ck CHECK (((state = ANY (ARRAY['met'::text, 'missed_met'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
  CONSTRAINT deadline_level_ck CHECK ((level >= 0)),
  CONSTRAINT deadline_missed_ck CHECK (((missed_at IS NULL) OR (state <> ALL (ARRAY['met'::text, 'cancelled'::text])))),
  CONSTRAINT deadline_next_fire_at_ck CHECK (((next_fire_at IS NULL) OR (state = 'running'::text) OR ((state = 'paused'::text) AND (pause_until IS NOT NULL)))),
  CONSTRAINT deadline_pause_until_ck CHECK (((pause_until IS NULL) OR (state = 'paused'::text))),
  CONSTRAINT deadline_paused_ck CHECK (((state = 'paused'::text) = (paused_at IS NOT NULL))),
  CONSTRAINT deadline_remaining_ck CHECK (((remaining_ms IS NULL) OR (remaining_ms >= 0))),
  CONSTRAINT deadline_state_ck CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'missed_met'::text, 'cancelled'::text])))
);

CREATE TABLE public.demo_mark (
  id uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT demo_mark_pk PRIMARY KEY (id)
);

CREATE TABLE public.evidence_file (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  intake_item_id uuid NULL,
  received_at timestamp with time zone NOT NULL,
  sealed_name bytea NOT NULL,
  media_type text NULL,
  size_bytes bigint NOT NULL,
  sha256 bytea NOT NULL,
  sealed_plain_sha256 bytea NULL,
  storage_key text NOT NULL,
  CONSTRAINT evidence_file_pk PRIMARY KEY (id),
  CONSTRAINT evidence_file_storage_key_uq UNIQUE (storage_key),
  CONSTRAINT evidence_file_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT evidence_file_intake_item_fk FOREIGN KEY (intake_item_id) REFERENCES public.intake_item(id),
  CONSTRAINT evidence_file_sha256_ck CHECK ((octet_length(sha256) = 32)),
  CONSTRAINT evidence_file_size_ck CHECK ((size_bytes >= 0))
);

CREATE TABLE public.filing (
  idempotency_lookup bytea NOT NULL,
  body_check bytea NOT NULL,
  case_id uuid NOT NULL,
  receipt_lookup bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT filing_pk PRIMARY KEY (idempotency_lookup),
  CONSTRAINT filing_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT filing_receipt_fk FOREIGN KEY (receipt_lookup) REFERENCES public.receipt(lookup)
);

CREATE TABLE public.intake_item (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind text NOT NULL,
  channel text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  sealed_answers bytea NOT NULL,
  CONSTRAINT intake_item_pk PRIMARY KEY (id),
  CONSTRAINT intake_item_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT intake_item_kind_ck CHECK ((kind = ANY (ARRAY['complaint'::text, 'addition'::text])))
);

CREATE TABLE public.message (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  direction text NOT NULL,
  author_staff_id uuid NULL,
  sent_at timestamp with time zone NOT NULL,
  sealed_body bytea NOT NULL,
  first_read_at timestamp with time zone NULL,
  CONSTRAINT message_pk PRIMARY KEY (id),
  CONSTRAINT message_author_staff_fk FOREIGN KEY (author_staff_id) REFERENCES public.staff_member(id),
  CONSTRAINT message_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT message_author_ck CHECK (((direction = 'to_complainant'::text) = (author_staff_id IS NOT NULL))),
  CONSTRAINT message_direction_ck CHECK ((direction = ANY (ARRAY['to_complainant'::text, 'from_complainant'::text])))
);

CREATE TABLE public.notification (
  id uuid NOT NULL,
  kind text NOT NULL,
  recipient_kind text NOT NULL,
  recipient_id uuid NOT NULL,
  case_id uuid NULL,
  channel text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone NULL,
  dedupe_key text NOT NULL,
  last_error_code text NULL,
  planned_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  sending_since timestamp with time zone NULL,
  CONSTRAINT notification_pk PRIMARY KEY (id),
  CONSTRAINT notification_dedupe_key_uq UNIQUE (dedupe_key),
  CONSTRAINT notification_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT notification_attempts_ck CHECK ((attempts >= 0)),
  CONSTRAINT notification_recipient_kind_ck CHECK ((recipient_kind = ANY (ARRAY['staff'::text, 'complainant'::text]))),
  CONSTRAINT notification_sent_ck CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
  CONSTRAINT notification_state_ck CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'suppressed'::text])))
);

CREATE TABLE public.outbox_message (
  id uuid NOT NULL,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  dedupe_key text NULL,
  created_at timestamp with time zone NOT NULL,
  available_at timestamp with time zone NOT NULL,
  handed_at timestamp with time zone NULL,
  done_at timestamp with time zone NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_error_code text NULL,
  set_aside_at timestamp with time zone NULL,
  CONSTRAINT outbox_message_pk PRIMARY KEY (id),
  CONSTRAINT outbox_message_dedupe_key_uq UNIQUE (dedupe_key),
  CONSTRAINT outbox_message_attempts_ck CHECK ((attempts >= 0))
);

CREATE TABLE public.party (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  role text NOT NULL,
  company_id uuid NULL,
  sealed_name bytea NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT party_pk PRIMARY KEY (id),
  CONSTRAINT party_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT party_company_fk FOREIGN KEY (company_id) REFERENCES public.company(id)
);

CREATE TABLE public.procedure_in_use (
  id uuid NOT NULL,
  kind text NULL,
  procedure text NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  CONSTRAINT procedure_in_use_pk PRIMARY KEY (id)
);

CREATE TABLE public.procedure_version (
  id uuid NOT NULL,
  procedure text NOT NULL,
  version integer NOT NULL,
  content_hash bytea NOT NULL,
  document text NOT NULL,
  published_at timestamp with time zone NOT NULL,
  CONSTRAINT procedure_version_pk PRIMARY KEY (id),
  CONSTRAINT procedure_version_procedure_version_uq UNIQUE (procedure, version),
  CONSTRAINT procedure_version_content_hash_ck CHECK ((octet_length(content_hash) = 32)),
  CONSTRAINT procedure_version_version_ck CHECK ((version > 0))
);

CREATE TABLE public.receipt (
  lookup bytea NOT NULL,
  case_id uuid NOT NULL,
  public_key bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT receipt_pk PRIMARY KEY (lookup),
  CONSTRAINT receipt_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT receipt_lookup_ck CHECK ((octet_length(lookup) = 32)),
  CONSTRAINT receipt_public_key_ck CHECK ((octet_length(public_key) = 32))
);

CREATE TABLE public.secret_fingerprint (
  kind text NOT NULL,
  nth integer NOT NULL DEFAULT 1,
  fingerprint bytea NOT NULL,
  used_since timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT secret_fingerprint_pk PRIMARY KEY (kind, nth),
  CONSTRAINT secret_fingerprint_fingerprint_ck CHECK ((octet_length(fingerprint) = 32)),
  CONSTRAINT secret_fingerprint_kind_ck CHECK ((kind = ANY (ARRAY['receipt_pepper'::text, 'receipt_secret'::text]))),
  CONSTRAINT secret_fingerprint_nth_ck CHECK ((nth >= 1))
);

CREATE TABLE public.sign_in_limit (
  subject uuid NOT NULL,
  origin bytea NOT NULL,
  failures integer NOT NULL,
  counted_since timestamp with time zone NOT NULL,
  locked_until timestamp with time zone NULL,
  last_at timestamp with time zone NOT NULL,
  CONSTRAINT sign_in_limit_pk PRIMARY KEY (subject, origin),
  CONSTRAINT sign_in_limit_failures_ck CHECK ((failures >= 0)),
  CONSTRAINT sign_in_limit_origin_ck CHECK ((octet_length(origin) = 32))
);

CREATE TABLE public.staff_chain (
  chain text NOT NULL,
  last_seq integer NOT NULL,
  last_hash bytea NOT NULL,
  CONSTRAINT staff_chain_pk PRIMARY KEY (chain),
  CONSTRAINT staff_chain_last_hash_ck CHECK ((octet_length(last_hash) = 32)),
  CONSTRAINT staff_chain_last_seq_ck CHECK ((last_seq >= 0)),
  CONSTRAINT staff_chain_only_ck CHECK ((chain = 'staff'::text))
);

CREATE TABLE public.staff_event (
  id uuid NOT NULL,
  staff_id uuid NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  actor_id uuid NULL,
  occurred_at timestamp with time zone NOT NULL,
  seq integer NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  actor_kind text NOT NULL,
  CONSTRAINT staff_event_pk PRIMARY KEY (id),
  CONSTRAINT staff_event_seq_uq UNIQUE (seq),
  CONSTRAINT staff_event_actor_fk FOREIGN KEY (actor_id) REFERENCES public.staff_member(id),
  CONSTRAINT staff_event_staff_fk FOREIGN KEY (staff_id) REFERENCES public.staff_member(id),
  CONSTRAINT staff_event_actor_ck CHECK (
CASE actor_kind
    WHEN 'staff'::text THEN (actor_id IS NOT NULL)
    WHEN 'system'::text THEN (actor_id IS NULL)
    ELSE true
END),
  CONSTRAINT staff_event_actor_kind_ck CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'operator'::text, 'system'::text]))),
  CONSTRAINT staff_event_payload_ck CHECK ((jsonb_typeof(payload) = 'object'::text))
);

CREATE TABLE public.staff_member (
  id uuid NOT NULL,
  sign_in_name text NOT NULL,
  display_name text NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  language text NOT NULL,
  public_key bytea NOT NULL,
  wrapped_secret_key bytea NOT NULL,
  kdf jsonb NOT NULL,
  active boolean NOT NULL,
  created_at timestamp with time zone NOT NULL,
  failed_sign_ins integer NOT NULL DEFAULT 0,
  failures_told_at timestamp with time zone NULL,
  CONSTRAINT staff_member_pk PRIMARY KEY (id),
  CONSTRAINT staff_member_sign_in_name_uq UNIQUE (sign_in_name),
  CONSTRAINT staff_member_failed_sign_ins_ck CHECK ((failed_sign_ins >= 0)),
  CONSTRAINT staff_member_public_key_ck CHECK ((octet_length(public_key) = 32)),
  CONSTRAINT staff_member_role_ck CHECK ((role = ANY (ARRAY['officer'::text, 'supervisor'::text, 'director'::text, 'administrator'::text])))
);

CREATE TABLE public.staff_session (
  lookup bytea NOT NULL,
  staff_id uuid NOT NULL,
  sealed_secret_key bytea NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  idle_at timestamp with time zone NOT NULL,
  wiped_at timestamp with time zone NULL,
  CONSTRAINT staff_session_pk PRIMARY KEY (lookup),
  CONSTRAINT staff_session_staff_fk FOREIGN KEY (staff_id) REFERENCES public.staff_member(id),
  CONSTRAINT staff_session_wiped_ck CHECK (((wiped_at IS NULL) = (sealed_secret_key IS NOT NULL)))
);

CREATE TABLE public.team (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  public_key bytea NOT NULL,
  CONSTRAINT team_pk PRIMARY KEY (id),
  CONSTRAINT team_code_uq UNIQUE (code),
  CONSTRAINT team_public_key_ck CHECK ((octet_length(public_key) = 32))
);

CREATE TABLE public.team_former_key (
  team_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  public_key bytea NOT NULL,
  sealed_secret_key bytea NOT NULL,
  retired_at timestamp with time zone NOT NULL,
  CONSTRAINT team_former_key_pk PRIMARY KEY (team_id, staff_id, public_key),
  CONSTRAINT team_former_key_member_fk FOREIGN KEY (team_id, staff_id) REFERENCES public.team_member(team_id, staff_id) ON DELETE CASCADE,
  CONSTRAINT team_former_key_public_key_ck CHECK ((octet_length(public_key) = 32))
);

CREATE TABLE public.team_key_aside (
  id uuid NOT NULL,
  team_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  public_key bytea NOT NULL,
  set_aside_at timestamp with time zone NOT NULL,
  CONSTRAINT team_key_aside_pk PRIMARY KEY (id),
  CONSTRAINT team_key_aside_key_uq UNIQUE (team_id, staff_id, public_key),
  CONSTRAINT team_key_aside_member_fk FOREIGN KEY (team_id, staff_id) REFERENCES public.team_member(team_id, staff_id) ON DELETE CASCADE
);

CREATE TABLE public.team_member (
  team_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  team_role text NOT NULL,
  sealed_team_key bytea NOT NULL,
  CONSTRAINT team_member_pk PRIMARY KEY (team_id, staff_id),
  CONSTRAINT team_member_staff_fk FOREIGN KEY (staff_id) REFERENCES public.staff_member(id),
  CONSTRAINT team_member_team_fk FOREIGN KEY (team_id) REFERENCES public.team(id),
  CONSTRAINT team_member_team_role_ck CHECK ((team_role = ANY (ARRAY['member'::text, 'lead'::text])))
);

CREATE TABLE public.track (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  procedure_version_id uuid NOT NULL,
  procedure text NOT NULL,
  stage text NOT NULL,
  revision integer NOT NULL,
  team_id uuid NOT NULL,
  assignee_id uuid NULL,
  opened_at timestamp with time zone NOT NULL,
  stage_entered_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone NULL,
  outcome text NULL,
  next_due_at timestamp with time zone NULL,
  has_news boolean NOT NULL,
  parent_track_id uuid NULL,
  news_read_at timestamp with time zone NULL,
  CONSTRAINT track_pk PRIMARY KEY (id),
  CONSTRAINT track_assignee_fk FOREIGN KEY (assignee_id) REFERENCES public.staff_member(id),
  CONSTRAINT track_case_fk FOREIGN KEY (case_id) REFERENCES public.case_file(id),
  CONSTRAINT track_parent_track_fk FOREIGN KEY (parent_track_id) REFERENCES public.track(id),
  CONSTRAINT track_procedure_version_fk FOREIGN KEY (procedure_version_id) REFERENCES public.procedure_version(id),
  CONSTRAINT track_team_fk FOREIGN KEY (team_id) REFERENCES public.team(id),
  CONSTRAINT track_outcome_ck CHECK (((outcome IS NULL) OR (closed_at IS NOT NULL))),
  CONSTRAINT track_revision_ck CHECK ((revision > 0))
);

CREATE TABLE public.vault_key (
  id uuid NOT NULL,
  kind text NOT NULL,
  public_key bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT vault_key_pk PRIMARY KEY (id),
  CONSTRAINT vault_key_kind_ck CHECK ((kind = ANY (ARRAY['worker'::text, 'recovery'::text]))),
  CONSTRAINT vault_key_public_key_ck CHECK ((octet_length(public_key) = 32))
);

-- ── indexes
CREATE INDEX approval_request_answered_by_idx ON public.approval_request USING btree (answered_by) WHERE (answered_by IS NOT NULL);
CREATE INDEX approval_request_case_idx ON public.approval_request USING btree (case_id);
CREATE INDEX approval_request_overdue_idx ON public.approval_request USING btree (answer_due_at, id) WHERE (state = 'waiting'::text);
CREATE INDEX approval_request_requested_by_idx ON public.approval_request USING btree (requested_by);
CREATE INDEX approval_request_track_idx ON public.approval_request USING btree (track_id);
CREATE UNIQUE INDEX approval_request_waiting_uq ON public.approval_request USING btree (track_id, action) WHERE (state = 'waiting'::text);
CREATE INDEX case_event_track_idx ON public.case_event USING btree (track_id) WHERE (track_id IS NOT NULL);
CREATE INDEX case_file_company_idx ON public.case_file USING btree (company_id) WHERE (company_id IS NOT NULL);
CREATE INDEX case_file_desk_team_idx ON public.case_file USING btree (desk_team_id, received_at);
CREATE INDEX case_file_received_at_idx ON public.case_file USING btree (received_at, id);
CREATE INDEX case_key_grant_set_aside_idx ON public.case_key_grant USING btree (set_aside_at, id) WHERE (set_aside_at IS NOT NULL);
CREATE INDEX case_key_grant_team_idx ON public.case_key_grant USING btree (holder_id, id) WHERE (holder_kind = 'team'::text);
CREATE INDEX contact_route_case_idx ON public.contact_route USING btree (case_id);
CREATE INDEX deadline_calendar_idx ON public.deadline USING btree (calendar, calendar_version, id) WHERE (state = ANY (ARRAY['running'::text, 'paused'::text]));
CREATE INDEX deadline_case_idx ON public.deadline USING btree (case_id);
CREATE INDEX deadline_due_idx ON public.deadline USING btree (next_fire_at, id) WHERE ((next_fire_at IS NOT NULL) AND (set_aside_at IS NULL));
CREATE INDEX deadline_paused_idx ON public.deadline USING btree (paused_at, id) WHERE (state = 'paused'::text);
CREATE INDEX deadline_set_aside_idx ON public.deadline USING btree (set_aside_at, id) WHERE ((set_aside_at IS NOT NULL) AND (state = ANY (ARRAY['running'::text, 'paused'::text])));
CREATE INDEX deadline_track_idx ON public.deadline USING btree (track_id);
CREATE INDEX deadline_without_moment_idx ON public.deadline USING btree (due_at, id) WHERE ((state = 'running'::text) AND (next_fire_at IS NULL));
CREATE INDEX evidence_file_case_idx ON public.evidence_file USING btree (case_id, received_at);
CREATE INDEX evidence_file_intake_item_idx ON public.evidence_file USING btree (intake_item_id) WHERE (intake_item_id IS NOT NULL);
CREATE INDEX filing_case_idx ON public.filing USING btree (case_id);
CREATE INDEX filing_receipt_idx ON public.filing USING btree (receipt_lookup);
CREATE INDEX intake_item_page_idx ON public.intake_item USING btree (case_id, kind, received_at, id);
CREATE INDEX message_author_staff_idx ON public.message USING btree (author_staff_id) WHERE (author_staff_id IS NOT NULL);
CREATE INDEX message_page_idx ON public.message USING btree (case_id, sent_at, id);
CREATE INDEX message_unread_idx ON public.message USING btree (case_id, direction) WHERE (first_read_at IS NULL);
CREATE INDEX notification_case_recipient_idx ON public.notification USING btree (case_id, recipient_id) WHERE (case_id IS NOT NULL);
CREATE INDEX notification_failed_idx ON public.notification USING btree (created_at, id) WHERE (state = 'failed'::text);
CREATE INDEX notification_recipient_idx ON public.notification USING btree (recipient_kind, recipient_id);
CREATE INDEX notification_waiting_idx ON public.notification USING btree (created_at, id) WHERE (state = 'waiting'::text);
CREATE INDEX outbox_message_done_idx ON public.outbox_message USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX outbox_message_handed_idx ON public.outbox_message USING btree (handed_at, id) WHERE ((handed_at IS NOT NULL) AND (done_at IS NULL) AND (set_aside_at IS NULL));
CREATE INDEX outbox_message_pending_idx ON public.outbox_message USING btree (available_at, id) WHERE ((handed_at IS NULL) AND (done_at IS NULL) AND (set_aside_at IS NULL));
CREATE INDEX outbox_message_set_aside_idx ON public.outbox_message USING btree (set_aside_at, id) WHERE (set_aside_at IS NOT NULL);
CREATE INDEX party_case_idx ON public.party USING btree (case_id, created_at);
CREATE INDEX party_company_idx ON public.party USING btree (company_id) WHERE (company_id IS NOT NULL);
CREATE INDEX procedure_in_use_kind_idx ON public.procedure_in_use USING btree (kind, decided_at, id);
CREATE INDEX receipt_case_idx ON public.receipt USING btree (case_id);
CREATE INDEX sign_in_limit_last_idx ON public.sign_in_limit USING btree (last_at);
CREATE INDEX staff_event_actor_idx ON public.staff_event USING btree (actor_id);
CREATE INDEX staff_event_left_team_idx ON public.staff_event USING btree (((payload ->> 'teamId'::text)), seq) WHERE (type = 'left_team'::text);
CREATE INDEX staff_event_staff_idx ON public.staff_event USING btree (staff_id, occurred_at);
CREATE INDEX staff_session_expires_idx ON public.staff_session USING btree (expires_at);
CREATE INDEX staff_session_idle_idx ON public.staff_session USING btree (idle_at) WHERE (wiped_at IS NULL);
CREATE INDEX staff_session_staff_idx ON public.staff_session USING btree (staff_id);
CREATE INDEX team_key_aside_set_aside_idx ON public.team_key_aside USING btree (set_aside_at, id);
CREATE INDEX team_member_staff_idx ON public.team_member USING btree (staff_id);
CREATE INDEX track_assignee_idx ON public.track USING btree (assignee_id) WHERE (assignee_id IS NOT NULL);
CREATE INDEX track_case_idx ON public.track USING btree (case_id);
CREATE INDEX track_closed_idx ON public.track USING btree (team_id, closed_at DESC, id DESC) WHERE (closed_at IS NOT NULL);
CREATE INDEX track_open_assignee_due_idx ON public.track USING btree (assignee_id, COALESCE(next_due_at, 'infinity'::timestamp with time zone), id) WHERE ((closed_at IS NULL) AND (assignee_id IS NOT NULL));
CREATE INDEX track_open_due_idx ON public.track USING btree (COALESCE(next_due_at, 'infinity'::timestamp with time zone), id) WHERE (closed_at IS NULL);
CREATE INDEX track_open_news_due_idx ON public.track USING btree (team_id, COALESCE(next_due_at, 'infinity'::timestamp with time zone), id) WHERE ((closed_at IS NULL) AND has_news);
CREATE INDEX track_open_procedure_version_idx ON public.track USING btree (procedure_version_id, id) WHERE (closed_at IS NULL);
CREATE INDEX track_open_team_due_idx ON public.track USING btree (team_id, COALESCE(next_due_at, 'infinity'::timestamp with time zone), id) WHERE (closed_at IS NULL);
CREATE INDEX track_parent_track_idx ON public.track USING btree (parent_track_id) WHERE (parent_track_id IS NOT NULL);
CREATE INDEX track_procedure_version_idx ON public.track USING btree (procedure_version_id);
CREATE INDEX track_team_idx ON public.track USING btree (team_id);
CREATE INDEX vault_key_kind_idx ON public.vault_key USING btree (kind, created_at DESC);

-- ── sequences (there must be none)

-- ── comments
COMMENT ON TABLE public.approval_request IS 'Somebody asked for an action that a second person must agree to. What was given with it waits here, sealed.';
COMMENT ON TABLE public.calendar_version IS 'One published, immutable version of a calendar: the document, and what it says with every day written out.';
COMMENT ON COLUMN public.calendar_version.resolved IS 'What clocks are computed by: {calendar, days, origin}; libs/domain/src/clocks/calendar-document.ts.';
COMMENT ON COLUMN public.calendar_version.known_until IS 'The last day for which public holidays are known; null when the calendar has none.';
COMMENT ON TABLE public.case_chain IS 'The head of each chain. Locked while an event is appended; written by the trigger only.';
COMMENT ON COLUMN public.case_key_grant.holder_id IS 'team.id or staff_member.id, by holder_kind; null for the complainant and the recovery key.';
COMMENT ON COLUMN public.case_key_grant.sealed_to IS 'To which public key of the team; null when that was not written down, and for the other holders.';
COMMENT ON COLUMN public.case_key_grant.set_aside_at IS 'Since when it is known that no key of the team opens it; what is sealed was left as it was.';
COMMENT ON COLUMN public.deadline.last_error_code IS 'Why firing failed last: a code, never text.';
COMMENT ON TABLE public.demo_mark IS 'Has a row when this database was made as a demo workspace.';
COMMENT ON COLUMN public.evidence_file.sha256 IS 'Of the sealed bytes in the evidence store; the hash of the original is in sealed_plain_sha256.';
COMMENT ON COLUMN public.notification.recipient_id IS 'staff_member.id, or contact_route.id for a complainant.';
COMMENT ON COLUMN public.notification.created_at IS 'When it was planned, in case time.';
COMMENT ON COLUMN public.notification.planned_at IS 'The same by the clock of the database, to be compared with sending_since.';
COMMENT ON COLUMN public.notification.sending_since IS 'When the attempt began by which it was sent, by the clock of the database: what was planned later it does not tell of.';
COMMENT ON TABLE public.procedure_in_use IS 'On which procedure complaints begin from then on.';
COMMENT ON COLUMN public.procedure_in_use.kind IS 'Of which kind; null for every kind that has no row of its own.';
COMMENT ON TABLE public.secret_fingerprint IS 'By which the secrets of the public door are known again; the highest number of a kind is in use. A MAC under the secret.';
COMMENT ON TABLE public.sign_in_limit IS 'Attempts that failed lately. Swept after a day. No name that was typed and no address: neither can be read from it.';
COMMENT ON COLUMN public.sign_in_limit.subject IS 'staff_member.id; the nil UUID for every name that there is no account for.';
COMMENT ON COLUMN public.sign_in_limit.origin IS 'A keyed hash of where it came from, of a network under a key of the day; 32 zero bytes: from everywhere unknown.';
COMMENT ON TABLE public.staff_chain IS 'The head of the one chain of staff_event. Locked while an event is appended; written by the trigger only.';
COMMENT ON TABLE public.staff_event IS 'The record of accounts and teams, and of what staff did outside of a case: staff_id is whom it is about, actor_id who did it.';
COMMENT ON COLUMN public.staff_event.staff_id IS 'Null for what is about nobody''s account.';
COMMENT ON COLUMN public.staff_event.actor_id IS 'Who did it; of the operator, with whose key it was done; null for the software and where the operator needed no key.';
COMMENT ON COLUMN public.staff_member.failed_sign_ins IS 'Attempts since the last right password.';
COMMENT ON COLUMN public.staff_member.failures_told_at IS 'When the record last said that attempts failed: once an hour at most.';
COMMENT ON COLUMN public.staff_session.idle_at IS 'When it is over unless something is asked for before; put off by requests.';
COMMENT ON COLUMN public.staff_session.wiped_at IS 'Since when its key is gone.';
COMMENT ON TABLE public.team_former_key IS 'The secret keys that a team had before, each sealed to each member who stayed.';
COMMENT ON TABLE public.team_key_aside IS 'Keys of teams, as one member holds them, that are known not to open. What is sealed was left as it was.';
COMMENT ON COLUMN public.team_key_aside.public_key IS 'Which key of the team: its present one, or one of team_former_key.';
COMMENT ON COLUMN public.track.parent_track_id IS 'The track of the same case whose action opened this one.';
COMMENT ON TABLE public.vault_key IS 'Public halves of the keys made at set-up; the newest of a kind is the one in use.';

-- ── row-level security
ALTER TABLE public.case_chain ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY case_chain_owner ON public.case_chain AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.case_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY case_event_casework_append ON public.case_event AS PERMISSIVE FOR INSERT TO recourse_casework WITH CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'system'::text])));
CREATE POLICY case_event_casework_read ON public.case_event AS PERMISSIVE FOR SELECT TO recourse_casework USING (true);
CREATE POLICY case_event_intake_append ON public.case_event AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (((actor_kind = ANY (ARRAY['complainant'::text, 'partner'::text, 'system'::text])) AND (public.recourse_case_is_new(case_id) OR (case_id = public.recourse_shown_case()))));
CREATE POLICY case_event_owner ON public.case_event AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY case_event_worker_append ON public.case_event AS PERMISSIVE FOR INSERT TO recourse_worker WITH CHECK ((actor_kind = 'system'::text));
CREATE POLICY case_event_worker_read ON public.case_event AS PERMISSIVE FOR SELECT TO recourse_worker USING (true);
ALTER TABLE public.case_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY case_file_casework ON public.case_file AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY case_file_intake_file ON public.case_file AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (true);
CREATE POLICY case_file_owner ON public.case_file AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY case_file_worker ON public.case_file AS PERMISSIVE FOR ALL TO recourse_worker USING (true) WITH CHECK (true);
ALTER TABLE public.case_key_grant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY case_key_grant_casework_grant ON public.case_key_grant AS PERMISSIVE FOR INSERT TO recourse_casework WITH CHECK (true);
CREATE POLICY case_key_grant_casework_read ON public.case_key_grant AS PERMISSIVE FOR SELECT TO recourse_casework USING (true);
CREATE POLICY case_key_grant_casework_reseal ON public.case_key_grant AS PERMISSIVE FOR UPDATE TO recourse_casework USING ((holder_kind = 'team'::text)) WITH CHECK ((holder_kind = 'team'::text));
CREATE POLICY case_key_grant_intake_seal ON public.case_key_grant AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (public.recourse_case_is_new(case_id));
CREATE POLICY case_key_grant_owner ON public.case_key_grant AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY case_key_grant_worker ON public.case_key_grant AS PERMISSIVE FOR SELECT TO recourse_worker USING ((set_aside_at IS NOT NULL));
ALTER TABLE public.contact_route ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_route_casework ON public.contact_route AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY contact_route_intake_add ON public.contact_route AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK ((public.recourse_case_is_new(case_id) OR (case_id = public.recourse_shown_case())));
CREATE POLICY contact_route_owner ON public.contact_route AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY contact_route_worker ON public.contact_route AS PERMISSIVE FOR ALL TO recourse_worker USING (true) WITH CHECK (true);
ALTER TABLE public.deadline ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deadline_casework ON public.deadline AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY deadline_intake_start ON public.deadline AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (public.recourse_case_is_new(case_id));
CREATE POLICY deadline_owner ON public.deadline AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY deadline_worker ON public.deadline AS PERMISSIVE FOR ALL TO recourse_worker USING (true) WITH CHECK (true);
ALTER TABLE public.evidence_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY evidence_file_casework ON public.evidence_file AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY evidence_file_intake_add ON public.evidence_file AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK ((public.recourse_case_is_new(case_id) OR (case_id = public.recourse_shown_case())));
CREATE POLICY evidence_file_owner ON public.evidence_file AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.filing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY filing_casework ON public.filing AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY filing_intake_note ON public.filing AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (public.recourse_case_is_new(case_id));
CREATE POLICY filing_owner ON public.filing AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.intake_item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY intake_item_casework ON public.intake_item AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY intake_item_intake_add ON public.intake_item AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK ((public.recourse_case_is_new(case_id) OR (case_id = public.recourse_shown_case())));
CREATE POLICY intake_item_owner ON public.intake_item AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY message_casework ON public.message AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY message_intake_send ON public.message AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (((direction = 'from_complainant'::text) AND (public.recourse_case_is_new(case_id) OR (case_id = public.recourse_shown_case()))));
CREATE POLICY message_owner ON public.message AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY message_worker ON public.message AS PERMISSIVE FOR ALL TO recourse_worker USING (true) WITH CHECK (true);
ALTER TABLE public.outbox_message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY outbox_message_casework ON public.outbox_message AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY outbox_message_intake_append ON public.outbox_message AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK ((topic = ANY (ARRAY['complaint_filed'::text, 'complaint_added_to'::text, 'evidence_added'::text, 'message_received'::text, 'deadline_changed'::text])));
CREATE POLICY outbox_message_owner ON public.outbox_message AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY outbox_message_worker ON public.outbox_message AS PERMISSIVE FOR ALL TO recourse_worker USING (true) WITH CHECK (true);
ALTER TABLE public.party ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY party_casework ON public.party AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY party_intake_name ON public.party AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (public.recourse_case_is_new(case_id));
CREATE POLICY party_owner ON public.party AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.receipt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY receipt_casework ON public.receipt AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY receipt_intake_issue ON public.receipt AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (public.recourse_case_is_new(case_id));
CREATE POLICY receipt_owner ON public.receipt AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.secret_fingerprint ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY secret_fingerprint_intake_first ON public.secret_fingerprint AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK ((nth = 1));
CREATE POLICY secret_fingerprint_intake_read ON public.secret_fingerprint AS PERMISSIVE FOR SELECT TO recourse_intake USING (true);
CREATE POLICY secret_fingerprint_owner ON public.secret_fingerprint AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.staff_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY staff_event_casework_append ON public.staff_event AS PERMISSIVE FOR INSERT TO recourse_casework WITH CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'system'::text])));
CREATE POLICY staff_event_casework_read ON public.staff_event AS PERMISSIVE FOR SELECT TO recourse_casework USING (true);
CREATE POLICY staff_event_owner ON public.staff_event AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
ALTER TABLE public.track ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY track_casework ON public.track AS PERMISSIVE FOR ALL TO recourse_casework USING (true) WITH CHECK (true);
CREATE POLICY track_intake_open ON public.track AS PERMISSIVE FOR INSERT TO recourse_intake WITH CHECK (public.recourse_case_is_new(case_id));
CREATE POLICY track_owner ON public.track AS PERMISSIVE FOR ALL TO owner USING (true) WITH CHECK (true);
CREATE POLICY track_worker ON public.track AS PERMISSIVE FOR ALL TO recourse_worker USING (true) WITH CHECK (true);

-- ── functions

CREATE OR REPLACE FUNCTION public.recourse_append_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.recourse_append_staff_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  head public.staff_chain%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM public.staff_chain FOR UPDATE;
  NEW.seq := head.last_seq + 1;
  NEW.prev_hash := head.last_hash;
  NEW.hash := public.recourse_staff_event_hash(NEW);
  UPDATE public.staff_chain SET last_seq = NEW.seq, last_hash = NEW.hash;
  RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.recourse_case_is_new(the_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT EXISTS (
    SELECT FROM public.case_file c
    WHERE c.id = the_case AND c.filed_in = pg_current_xact_id_if_assigned() AND c.xmin = pg_current_xact_id_if_assigned()::xid)
$function$;

CREATE OR REPLACE FUNCTION public.recourse_chain_hash(prev_hash bytea, chain text, about uuid, seq integer, type text, payload jsonb, actor_kind text, actor_id uuid, occurred_at timestamp with time zone, sealed bytea)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT sha256(
    prev_hash
    || convert_to(
         chain
         || E'\n' || coalesce(about::text, '-')
         || E'\n' || seq::text
         || E'\n' || type
         || E'\n' || payload::text
         || E'\n' || actor_kind
         || E'\n' || coalesce(actor_id::text, '-')
         || E'\n' || (extract(epoch FROM occurred_at) * 1000000)::bigint::text,
         'UTF8')
    || coalesce(sealed, ''::bytea))
$function$;

CREATE OR REPLACE FUNCTION public.recourse_event_hash(event public.case_event)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT public.recourse_chain_hash(event.prev_hash, event.case_id::text, event.track_id, event.seq, event.type, event.payload, event.actor_kind,
                                    event.actor_id, event.occurred_at, event.sealed_payload)
$function$;

CREATE OR REPLACE FUNCTION public.recourse_flag_shown_news()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  UPDATE public.track t SET has_news = true
  WHERE t.case_id = public.recourse_shown_case() AND t.closed_at IS NULL
$function$;

CREATE OR REPLACE FUNCTION public.recourse_guard_chain()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  IF pg_trigger_depth() < 2 OR NEW.case_id <> OLD.case_id OR NEW.last_seq <> OLD.last_seq + 1 THEN
    RAISE EXCEPTION 'the record is append-only: update on % is refused', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.recourse_guard_staff_chain()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  IF pg_trigger_depth() < 2 OR NEW.last_seq <> OLD.last_seq + 1 THEN
    RAISE EXCEPTION 'the record is append-only: update on % is refused', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.recourse_mark_shown_messages_read(the_instant timestamp with time zone, ids uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  UPDATE public.message m SET first_read_at = the_instant
  WHERE m.id = ANY (ids) AND m.case_id = public.recourse_shown_case() AND m.direction = 'to_complainant' AND m.first_read_at IS NULL
  RETURNING m.id
$function$;

CREATE OR REPLACE FUNCTION public.recourse_named_files(keys text[])
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT e.storage_key FROM public.evidence_file e WHERE e.storage_key = ANY (keys)
$function$;

CREATE OR REPLACE FUNCTION public.recourse_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  RAISE EXCEPTION 'the record is append-only: % on % is refused', lower(TG_OP), TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_case()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT r.case_id FROM public.receipt r
  WHERE r.lookup = decode(nullif(current_setting('recourse.shown_receipt', true), ''), 'hex')
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_case_file()
 RETURNS TABLE(id uuid, reference text, received_at timestamp with time zone, channel text, language text, answer_language text, country text, kind text, anonymity text, desk_team_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT c.id, c.reference, c.received_at, c.channel, c.language, c.answer_language, c.country, c.kind, c.anonymity, c.desk_team_id
  FROM public.case_file c WHERE c.id = public.recourse_shown_case()
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_evidence_files()
 RETURNS TABLE(id uuid, intake_item_id uuid, received_at timestamp with time zone, sealed_name bytea, media_type text, size_bytes bigint, sealed_plain_sha256 bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 2
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT e.id, e.intake_item_id, e.received_at, e.sealed_name, e.media_type, e.size_bytes, e.sealed_plain_sha256
  FROM public.evidence_file e WHERE e.case_id = public.recourse_shown_case() ORDER BY e.received_at, e.id
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_filing(the_idempotency_lookup bytea)
 RETURNS TABLE(body_check bytea, case_id uuid, receipt_lookup bytea, reference text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT f.body_check, f.case_id, f.receipt_lookup, c.reference
  FROM public.filing f JOIN public.case_file c ON c.id = f.case_id
  WHERE f.idempotency_lookup = the_idempotency_lookup
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_intake_item(the_id uuid)
 RETURNS TABLE(id uuid, kind text, channel text, received_at timestamp with time zone, sealed_answers bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT i.id, i.kind, i.channel, i.received_at, i.sealed_answers
  FROM public.intake_item i WHERE i.id = the_id AND i.case_id = public.recourse_shown_case()
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_intake_items(the_kind text, before_at timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, kind text, channel text, received_at timestamp with time zone, sealed_answers bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT i.id, i.kind, i.channel, i.received_at, i.sealed_answers
  FROM public.intake_item i
  WHERE i.case_id = public.recourse_shown_case() AND i.kind = the_kind
    AND (i.received_at, i.id) < (coalesce(before_at, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  ORDER BY i.received_at DESC, i.id DESC LIMIT most
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_keys()
 RETURNS TABLE(id uuid, key_version integer, sealed_key bytea, granted_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT g.id, g.key_version, g.sealed_key, g.granted_at FROM public.case_key_grant g
  WHERE g.case_id = public.recourse_shown_case() AND g.holder_kind = 'complainant'
  ORDER BY g.key_version DESC
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_message(the_id uuid)
 RETURNS TABLE(id uuid, direction text, sent_at timestamp with time zone, sealed_body bytea, first_read_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT m.id, m.direction, m.sent_at, m.sealed_body, m.first_read_at
  FROM public.message m WHERE m.id = the_id AND m.case_id = public.recourse_shown_case()
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_message_counts()
 RETURNS TABLE(in_all bigint, unread bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT (SELECT count(*) FROM public.message m WHERE m.case_id = shown.id),
         (SELECT count(*) FROM public.message m
          WHERE m.case_id = shown.id AND m.direction = 'to_complainant' AND m.first_read_at IS NULL)
  FROM (SELECT public.recourse_shown_case() AS id) shown
  WHERE shown.id IS NOT NULL
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_messages(before_at timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, direction text, sent_at timestamp with time zone, sealed_body bytea, first_read_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 25
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT m.id, m.direction, m.sent_at, m.sealed_body, m.first_read_at
  FROM public.message m
  WHERE m.case_id = public.recourse_shown_case()
    AND (m.sent_at, m.id) < (coalesce(before_at, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  ORDER BY m.sent_at DESC, m.id DESC LIMIT most
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_tracks()
 RETURNS TABLE(id uuid, procedure_version_id uuid, procedure text, stage text, revision integer, opened_at timestamp with time zone, stage_entered_at timestamp with time zone, closed_at timestamp with time zone, outcome text, next_due_at timestamp with time zone, next_due_calendar text, next_due_clock text, next_due_missed_at timestamp with time zone, is_paused boolean, paused_until timestamp with time zone, pause_calendar text, paused_missed_at timestamp with time zone, paused_missed_calendar text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 2
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT t.id, t.procedure_version_id, t.procedure, t.stage, t.revision, t.opened_at, t.stage_entered_at, t.closed_at, t.outcome,
         t.next_due_at, due.calendar, due.kind, due.missed_at,
         EXISTS (SELECT FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'paused'),
         paused.pause_until, paused.calendar, missed.missed_at, missed.calendar
  FROM public.track t
  LEFT JOIN LATERAL (SELECT d.kind, d.calendar, d.missed_at FROM public.deadline d WHERE d.track_id = t.id AND d.state = 'running'
                     ORDER BY d.due_at, d.id LIMIT 1) due ON true
  LEFT JOIN LATERAL (SELECT d.pause_until, d.calendar FROM public.deadline d WHERE d.track_id = t.id AND d.pause_until IS NOT NULL
                     ORDER BY d.pause_until, d.id LIMIT 1) paused ON true
  LEFT JOIN LATERAL (SELECT d.missed_at, d.calendar FROM public.deadline d
                     WHERE d.track_id = t.id AND d.state = 'paused' AND d.missed_at IS NOT NULL
                     ORDER BY d.missed_at, d.id LIMIT 1) missed ON true
  WHERE t.case_id = public.recourse_shown_case() ORDER BY t.opened_at, t.id
$function$;

CREATE OR REPLACE FUNCTION public.recourse_shown_use(since timestamp with time zone)
 RETURNS TABLE(kind text, at timestamp with time zone, count bigint, bytes bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT b.kind, CASE WHEN b.at > since THEN b.at END, count(*), sum(b.bytes)::bigint
  FROM (
    SELECT 'message' AS kind, m.sent_at AS at, octet_length(m.sealed_body)::bigint AS bytes
    FROM public.message m WHERE m.case_id = public.recourse_shown_case() AND m.direction = 'from_complainant'
    UNION ALL
    SELECT 'addition', i.received_at, octet_length(i.sealed_answers)
    FROM public.intake_item i WHERE i.case_id = public.recourse_shown_case() AND i.kind = 'addition'
    UNION ALL
    SELECT 'file', e.received_at, e.size_bytes
    FROM public.evidence_file e WHERE e.case_id = public.recourse_shown_case()) b
  GROUP BY 1, 2
$function$;

CREATE OR REPLACE FUNCTION public.recourse_staff_event_hash(event public.staff_event)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT public.recourse_chain_hash(event.prev_hash, 'staff', event.staff_id, event.seq, event.type, event.payload, event.actor_kind, event.actor_id,
                                    event.occurred_at, NULL)
$function$;

-- ── triggers
CREATE TRIGGER calendar_version_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.calendar_version FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER case_chain_guard BEFORE UPDATE ON public.case_chain FOR EACH ROW EXECUTE FUNCTION public.recourse_guard_chain(); -- always
CREATE TRIGGER case_chain_refuse_change BEFORE DELETE OR TRUNCATE ON public.case_chain FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER case_event_append BEFORE INSERT ON public.case_event FOR EACH ROW EXECUTE FUNCTION public.recourse_append_event(); -- always
CREATE TRIGGER case_event_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.case_event FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER demo_mark_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.demo_mark FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER procedure_in_use_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.procedure_in_use FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER procedure_version_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.procedure_version FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER secret_fingerprint_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.secret_fingerprint FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER staff_chain_guard BEFORE UPDATE ON public.staff_chain FOR EACH ROW EXECUTE FUNCTION public.recourse_guard_staff_chain(); -- always
CREATE TRIGGER staff_chain_refuse_change BEFORE DELETE OR TRUNCATE ON public.staff_chain FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always
CREATE TRIGGER staff_event_append BEFORE INSERT ON public.staff_event FOR EACH ROW EXECUTE FUNCTION public.recourse_append_staff_event(); -- always
CREATE TRIGGER staff_event_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.staff_event FOR EACH STATEMENT EXECUTE FUNCTION public.recourse_refuse_change(); -- always

-- ── grants
GRANT USAGE ON SCHEMA public TO recourse_casework;
GRANT USAGE ON SCHEMA public TO recourse_intake;
GRANT USAGE ON SCHEMA public TO recourse_worker;
GRANT DELETE ON TABLE public.sign_in_limit TO recourse_worker;
GRANT DELETE ON TABLE public.staff_session TO recourse_worker;
GRANT DELETE, INSERT, SELECT ON TABLE public.outbox_message TO recourse_worker;
GRANT DELETE, INSERT, SELECT ON TABLE public.staff_session TO recourse_casework;
GRANT DELETE, INSERT, SELECT ON TABLE public.team_key_aside TO recourse_casework;
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE public.sign_in_limit TO recourse_casework;
GRANT DELETE, SELECT ON TABLE public.team_member TO recourse_casework;
GRANT INSERT (id, case_id, direction, sent_at, sealed_body) ON TABLE public.message TO recourse_intake;
GRANT INSERT (id, case_id, procedure_version_id, procedure, stage, revision, team_id, opened_at, stage_entered_at, next_due_at, has_news) ON TABLE public.track TO recourse_intake;
GRANT INSERT (id, case_id, role, sealed_name, created_at) ON TABLE public.party TO recourse_intake;
GRANT INSERT (id, case_id, track_id, type, payload, actor_kind, occurred_at) ON TABLE public.case_event TO recourse_worker;
GRANT INSERT (id, case_id, track_id, type, payload, sealed_payload, actor_kind, actor_id, occurred_at) ON TABLE public.case_event TO recourse_casework;
GRANT INSERT (id, case_id, track_id, type, payload, sealed_payload, actor_kind, occurred_at) ON TABLE public.case_event TO recourse_intake;
GRANT INSERT (id, reference, received_at, channel, language, answer_language, country, kind, anonymity, desk_team_id) ON TABLE public.case_file TO recourse_intake;
GRANT INSERT (id, reference, received_at, channel, language, answer_language, country, kind, anonymity, desk_team_id, company_id) ON TABLE public.case_file TO recourse_casework;
GRANT INSERT (id, staff_id, type, payload, actor_id, occurred_at, actor_kind) ON TABLE public.staff_event TO recourse_casework;
GRANT INSERT (id, topic, payload, dedupe_key, created_at, available_at) ON TABLE public.outbox_message TO recourse_casework;
GRANT INSERT (id, topic, payload, dedupe_key, created_at, available_at) ON TABLE public.outbox_message TO recourse_intake;
GRANT INSERT (id, track_id, case_id, kind, stage, calendar, started_at, due_at, paused_at, pause_reason_code, remaining_ms, level, next_fire_at, state, extensions, calendar_version) ON TABLE public.deadline TO recourse_worker;
GRANT INSERT (id, track_id, case_id, kind, stage, calendar, started_at, due_at, paused_at, pause_reason_code, remaining_ms, level, next_fire_at, state, failure_count, extensions, calendar_version) ON TABLE public.deadline TO recourse_intake;
GRANT INSERT (kind, fingerprint) ON TABLE public.secret_fingerprint TO recourse_intake;
GRANT INSERT (team_id, staff_id, team_role, sealed_team_key) ON TABLE public.team_member TO recourse_casework;
GRANT INSERT ON TABLE public.case_key_grant TO recourse_intake;
GRANT INSERT ON TABLE public.contact_route TO recourse_casework;
GRANT INSERT ON TABLE public.contact_route TO recourse_intake;
GRANT INSERT ON TABLE public.evidence_file TO recourse_intake;
GRANT INSERT ON TABLE public.filing TO recourse_casework;
GRANT INSERT ON TABLE public.filing TO recourse_intake;
GRANT INSERT ON TABLE public.intake_item TO recourse_intake;
GRANT INSERT ON TABLE public.receipt TO recourse_casework;
GRANT INSERT ON TABLE public.receipt TO recourse_intake;
GRANT INSERT, SELECT ON TABLE public.approval_request TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.case_key_grant TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.deadline TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.evidence_file TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.intake_item TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.message TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.notification TO recourse_worker;
GRANT INSERT, SELECT ON TABLE public.party TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.team_former_key TO recourse_casework;
GRANT INSERT, SELECT ON TABLE public.track TO recourse_casework;
GRANT SELECT (case_id, holder_kind, holder_id, set_aside_at) ON TABLE public.case_key_grant TO recourse_worker;
GRANT SELECT (case_id, public_key, created_at) ON TABLE public.receipt TO recourse_casework;
GRANT SELECT (expires_at, idle_at, wiped_at) ON TABLE public.staff_session TO recourse_worker;
GRANT SELECT (id, case_id, direction, sent_at, first_read_at) ON TABLE public.message TO recourse_worker;
GRANT SELECT (id, case_id, kind, language, neutral, quiet_from, quiet_until, time_zone, active, created_at) ON TABLE public.contact_route TO recourse_casework;
GRANT SELECT (id, case_id, track_id, action, stage, requested_by, requested_at, answer_due_at, state, calendar_version) ON TABLE public.approval_request TO recourse_worker;
GRANT SELECT (id, case_id, track_id, seq, type, payload, actor_kind, occurred_at) ON TABLE public.case_event TO recourse_worker;
GRANT SELECT (id, code, name) ON TABLE public.team TO recourse_worker;
GRANT SELECT (id, code, public_key) ON TABLE public.team TO recourse_intake;
GRANT SELECT (id, display_name, email, role, language, active) ON TABLE public.staff_member TO recourse_worker;
GRANT SELECT (id, kind, recipient_kind, recipient_id, case_id, channel, state, attempts, created_at, sent_at, last_error_code) ON TABLE public.notification TO recourse_casework;
GRANT SELECT (id, reference, received_at, channel, language, answer_language, country, kind, anonymity, desk_team_id, company_id) ON TABLE public.case_file TO recourse_casework;
GRANT SELECT (id, reference, received_at, language, answer_language, anonymity, desk_team_id, company_id) ON TABLE public.case_file TO recourse_worker;
GRANT SELECT (id, topic, payload, done_at, attempts, last_error_code, set_aside_at) ON TABLE public.outbox_message TO recourse_casework;
GRANT SELECT (kind, nth, fingerprint) ON TABLE public.secret_fingerprint TO recourse_intake;
GRANT SELECT (last_at) ON TABLE public.sign_in_limit TO recourse_worker;
GRANT SELECT (set_aside_at) ON TABLE public.team_key_aside TO recourse_worker;
GRANT SELECT (team_id, staff_id, team_role) ON TABLE public.team_member TO recourse_worker;
GRANT SELECT ON TABLE public.calendar_version TO recourse_casework;
GRANT SELECT ON TABLE public.calendar_version TO recourse_intake;
GRANT SELECT ON TABLE public.calendar_version TO recourse_worker;
GRANT SELECT ON TABLE public.case_event TO recourse_casework;
GRANT SELECT ON TABLE public.company TO recourse_casework;
GRANT SELECT ON TABLE public.contact_route TO recourse_worker;
GRANT SELECT ON TABLE public.deadline TO recourse_worker;
GRANT SELECT ON TABLE public.demo_mark TO recourse_casework;
GRANT SELECT ON TABLE public.demo_mark TO recourse_intake;
GRANT SELECT ON TABLE public.demo_mark TO recourse_worker;
GRANT SELECT ON TABLE public.procedure_in_use TO recourse_casework;
GRANT SELECT ON TABLE public.procedure_in_use TO recourse_intake;
GRANT SELECT ON TABLE public.procedure_version TO recourse_casework;
GRANT SELECT ON TABLE public.procedure_version TO recourse_intake;
GRANT SELECT ON TABLE public.procedure_version TO recourse_worker;
GRANT SELECT ON TABLE public.staff_event TO recourse_casework;
GRANT SELECT ON TABLE public.staff_member TO recourse_casework;
GRANT SELECT ON TABLE public.team TO recourse_casework;
GRANT SELECT ON TABLE public.track TO recourse_worker;
GRANT SELECT ON TABLE public.vault_key TO recourse_casework;
GRANT SELECT ON TABLE public.vault_key TO recourse_intake;
GRANT SELECT ON TABLE public.vault_key TO recourse_worker;
GRANT UPDATE (active) ON TABLE public.contact_route TO recourse_casework;
GRANT UPDATE (active) ON TABLE public.contact_route TO recourse_worker;
GRANT UPDATE (answer_due_at, state, answered_at, calendar_version) ON TABLE public.approval_request TO recourse_worker;
GRANT UPDATE (attempts, set_aside_at) ON TABLE public.outbox_message TO recourse_casework;
GRANT UPDATE (available_at, handed_at, done_at, attempts, last_error_code, set_aside_at) ON TABLE public.outbox_message TO recourse_worker;
GRANT UPDATE (country, kind, anonymity, company_id) ON TABLE public.case_file TO recourse_casework;
GRANT UPDATE (due_at, paused_at, pause_reason_code, remaining_ms, level, next_fire_at, state, finished_at, failure_count, set_aside_at, extensions, pause_until, calendar_version, missed_at) ON TABLE public.deadline TO recourse_casework;
GRANT UPDATE (due_at, paused_at, pause_reason_code, remaining_ms, level, next_fire_at, state, finished_at, failure_count, set_aside_at, pause_until, calendar_version, last_error_code, missed_at) ON TABLE public.deadline TO recourse_worker;
GRANT UPDATE (first_read_at) ON TABLE public.message TO recourse_casework;
GRANT UPDATE (procedure_version_id, procedure, stage, revision, team_id, assignee_id, stage_entered_at, closed_at, outcome, next_due_at, has_news, news_read_at) ON TABLE public.track TO recourse_casework;
GRANT UPDATE (public_key) ON TABLE public.team TO recourse_casework;
GRANT UPDATE (sealed_key, sealed_to, set_aside_at) ON TABLE public.case_key_grant TO recourse_casework;
GRANT UPDATE (sealed_secret_key, expires_at, idle_at, wiped_at) ON TABLE public.staff_session TO recourse_casework;
GRANT UPDATE (sealed_secret_key, wiped_at) ON TABLE public.staff_session TO recourse_worker;
GRANT UPDATE (sealed_team_key) ON TABLE public.team_member TO recourse_casework;
GRANT UPDATE (stage, revision, stage_entered_at, next_due_at, has_news) ON TABLE public.track TO recourse_worker;
GRANT UPDATE (state) ON TABLE public.notification TO recourse_casework;
GRANT UPDATE (state, answered_by, answered_at) ON TABLE public.approval_request TO recourse_casework;
GRANT UPDATE (state, attempts, sent_at, last_error_code, sending_since) ON TABLE public.notification TO recourse_worker;
GRANT UPDATE (wrapped_secret_key, kdf, failed_sign_ins, failures_told_at) ON TABLE public.staff_member TO recourse_casework;
GRANT EXECUTE ON FUNCTION public.recourse_case_is_new(uuid) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_flag_shown_news() TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_mark_shown_messages_read(timestamp with time zone,uuid[]) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_named_files(text[]) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_case() TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_case_file() TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_evidence_files() TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_filing(bytea) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_intake_item(uuid) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_intake_items(text,timestamp with time zone,uuid,integer) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_keys() TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_message(uuid) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_message_counts() TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_messages(timestamp with time zone,uuid,integer) TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_tracks() TO recourse_intake;
GRANT EXECUTE ON FUNCTION public.recourse_shown_use(timestamp with time zone) TO recourse_intake;
GRANT CREATE, USAGE ON SCHEMA bullmq TO recourse_worker;

-- ── roles
recourse_casework LOGIN; -- idle_in_transaction_session_timeout=30s, jit=off, lock_timeout=5s, statement_timeout=15s
recourse_intake LOGIN; -- idle_in_transaction_session_timeout=30s, jit=off, lock_timeout=5s, statement_timeout=10s
recourse_worker LOGIN; -- idle_in_transaction_session_timeout=60s, jit=off, lock_timeout=10s, statement_timeout=60s
