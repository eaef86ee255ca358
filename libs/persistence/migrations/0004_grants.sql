-- The least that each process needs, column by column where a row holds more than its business. The roles exist already
-- (libs/persistence/always/roles.sql). Nobody but the owner may delete a case, or change what was said.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO recourse_intake, recourse_casework, recourse_worker;

-- ── intake: writes a case, cannot read one (0003, 0005) ───────────────────────────────────────────────────────────

GRANT SELECT ON vault_key, procedure_version TO recourse_intake;
GRANT SELECT (id, code, public_key) ON team TO recourse_intake;

GRANT INSERT (id, reference, received_at, channel, language, answer_language, country, kind, anonymity, desk_team_id)
  ON case_file TO recourse_intake;
GRANT INSERT ON receipt, filing, case_key_grant, intake_item, evidence_file, contact_route TO recourse_intake;
GRANT INSERT (id, case_id, role, sealed_name, created_at) ON party TO recourse_intake;
GRANT INSERT (id, case_id, procedure_version_id, procedure, stage, revision, team_id, opened_at, stage_entered_at, next_due_at, has_news)
  ON track TO recourse_intake;
GRANT INSERT (id, track_id, case_id, kind, stage, calendar, started_at, due_at, level, next_fire_at, state, failure_count)
  ON deadline TO recourse_intake;
GRANT INSERT (id, case_id, direction, sent_at, sealed_body) ON message TO recourse_intake;
GRANT INSERT (id, case_id, track_id, type, payload, sealed_payload, actor_kind, occurred_at) ON case_event TO recourse_intake;
GRANT INSERT (id, topic, payload, dedupe_key, created_at, available_at) ON outbox_message TO recourse_intake;

-- ── casework: reads and moves cases; sealed content opens only with keys it does not store ────────────────────────

GRANT SELECT ON vault_key, team, team_member, company, procedure_version, case_key_grant, intake_item, party, track, deadline,
  case_event, message, evidence_file, staff_session, staff_member TO recourse_casework;
GRANT SELECT (id, reference, received_at, channel, language, answer_language, country, kind, anonymity, desk_team_id, company_id)
  ON case_file TO recourse_casework;
-- To seal a new case key to the complainant; the look-up stays out of reach.
GRANT SELECT (case_id, public_key, created_at) ON receipt TO recourse_casework;
-- That a route exists, its language and state; the address is for the worker.
GRANT SELECT (id, case_id, kind, language, neutral, quiet_from, quiet_until, time_zone, active, created_at)
  ON contact_route TO recourse_casework;
GRANT SELECT (id, kind, recipient_kind, recipient_id, case_id, channel, state, attempts, created_at, sent_at, last_error_code)
  ON notification TO recourse_casework;

GRANT INSERT (id, reference, received_at, channel, language, answer_language, country, kind, anonymity, desk_team_id, company_id)
  ON case_file TO recourse_casework;
GRANT INSERT ON receipt, filing, case_key_grant, intake_item, party, evidence_file, contact_route, message TO recourse_casework;
GRANT INSERT ON track, deadline TO recourse_casework;
GRANT INSERT (id, case_id, track_id, type, payload, sealed_payload, actor_kind, actor_id, occurred_at)
  ON case_event TO recourse_casework;
GRANT INSERT (id, topic, payload, dedupe_key, created_at, available_at) ON outbox_message TO recourse_casework;
GRANT INSERT, DELETE ON staff_session TO recourse_casework;
GRANT UPDATE (expires_at) ON staff_session TO recourse_casework;
GRANT UPDATE (wrapped_secret_key, kdf, failed_sign_ins, locked_until) ON staff_member TO recourse_casework;
GRANT UPDATE (country, kind, anonymity, company_id) ON case_file TO recourse_casework;
GRANT UPDATE (procedure_version_id, procedure, stage, revision, team_id, assignee_id, stage_entered_at, closed_at, outcome, next_due_at,
  has_news) ON track TO recourse_casework;
GRANT UPDATE (due_at, paused_at, pause_reason_code, remaining_ms, level, next_fire_at, state, finished_at) ON deadline TO recourse_casework;
GRANT UPDATE (active) ON contact_route TO recourse_casework;
GRANT UPDATE (first_read_at) ON message TO recourse_casework;

-- ── worker: clocks, outbox, notifications; no sealed content but the addresses sealed to its own key ──────────────

GRANT SELECT ON vault_key, procedure_version, track, deadline, outbox_message, notification, contact_route TO recourse_worker;
GRANT SELECT (id, code, name) ON team TO recourse_worker;
GRANT SELECT (team_id, staff_id, team_role) ON team_member TO recourse_worker;
GRANT SELECT (id, display_name, email, role, language, active) ON staff_member TO recourse_worker;
GRANT SELECT (id, reference, received_at, language, answer_language, anonymity, desk_team_id) ON case_file TO recourse_worker;
GRANT SELECT (id, case_id, direction, sent_at, first_read_at) ON message TO recourse_worker;
GRANT SELECT (id, case_id, track_id, seq, type, payload, actor_kind, occurred_at) ON case_event TO recourse_worker;
GRANT SELECT (expires_at) ON staff_session TO recourse_worker;

GRANT INSERT (id, case_id, track_id, type, payload, actor_kind, occurred_at) ON case_event TO recourse_worker;
GRANT INSERT ON outbox_message, notification TO recourse_worker;
GRANT UPDATE (next_due_at, has_news) ON track TO recourse_worker;
GRANT UPDATE (due_at, paused_at, pause_reason_code, remaining_ms, level, next_fire_at, state, finished_at, failure_count, set_aside_at)
  ON deadline TO recourse_worker;
GRANT UPDATE (available_at, handed_at, done_at, attempts, last_error_code, set_aside_at) ON outbox_message TO recourse_worker;
GRANT UPDATE (state, attempts, sent_at, last_error_code) ON notification TO recourse_worker;
GRANT UPDATE (active) ON contact_route TO recourse_worker;
GRANT DELETE ON outbox_message, staff_session TO recourse_worker;
