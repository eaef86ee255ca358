-- Row-level security, forced, on every table that intake writes. Intake has no SELECT, UPDATE or DELETE policy at all (and no such
-- privilege): it reads through the functions of 0003. What it inserts must belong to a case made in this transaction or to the case
-- whose receipt was shown, so that nobody can add to, or answer in, somebody else's case.
--
-- FORCE binds the owner too, who gets a policy of its own. A dump made by an owner who is not a superuser therefore needs
-- pg_dump --enable-row-security (docs/operating.md).

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['case_file', 'case_key_grant', 'receipt', 'filing', 'intake_item', 'party', 'track', 'deadline',
                                 'message', 'evidence_file', 'contact_route', 'outbox_message', 'case_chain', 'case_event']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY %I ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', guarded || '_owner', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['case_file', 'case_key_grant', 'receipt', 'filing', 'intake_item', 'party', 'track', 'deadline',
                                 'message', 'evidence_file', 'contact_route', 'outbox_message']
  LOOP
    EXECUTE format('CREATE POLICY %I ON %I TO recourse_casework USING (true) WITH CHECK (true)', guarded || '_casework', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['case_file', 'track', 'deadline', 'message', 'contact_route', 'outbox_message']
  LOOP
    EXECUTE format('CREATE POLICY %I ON %I TO recourse_worker USING (true) WITH CHECK (true)', guarded || '_worker', guarded);
  END LOOP;
END
$$;

-- A process may not write the record in somebody else's name.
CREATE POLICY case_event_casework_read ON case_event FOR SELECT TO recourse_casework USING (true);
CREATE POLICY case_event_casework_append ON case_event FOR INSERT TO recourse_casework
  WITH CHECK (actor_kind IN ('staff', 'system'));
CREATE POLICY case_event_worker_read ON case_event FOR SELECT TO recourse_worker USING (true);
CREATE POLICY case_event_worker_append ON case_event FOR INSERT TO recourse_worker WITH CHECK (actor_kind = 'system');

-- ── intake ────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE POLICY case_file_intake_file ON case_file FOR INSERT TO recourse_intake WITH CHECK (true);
CREATE POLICY receipt_intake_issue ON receipt FOR INSERT TO recourse_intake WITH CHECK (recourse_case_is_new(case_id));
CREATE POLICY filing_intake_note ON filing FOR INSERT TO recourse_intake WITH CHECK (recourse_case_is_new(case_id));
CREATE POLICY case_key_grant_intake_seal ON case_key_grant FOR INSERT TO recourse_intake WITH CHECK (recourse_case_is_new(case_id));
CREATE POLICY track_intake_open ON track FOR INSERT TO recourse_intake WITH CHECK (recourse_case_is_new(case_id));
CREATE POLICY deadline_intake_start ON deadline FOR INSERT TO recourse_intake WITH CHECK (recourse_case_is_new(case_id));
CREATE POLICY party_intake_name ON party FOR INSERT TO recourse_intake WITH CHECK (recourse_case_is_new(case_id));
CREATE POLICY contact_route_intake_add ON contact_route FOR INSERT TO recourse_intake
  WITH CHECK (recourse_case_is_new(case_id) OR case_id = recourse_shown_case());
CREATE POLICY intake_item_intake_add ON intake_item FOR INSERT TO recourse_intake
  WITH CHECK (recourse_case_is_new(case_id) OR case_id = recourse_shown_case());
CREATE POLICY evidence_file_intake_add ON evidence_file FOR INSERT TO recourse_intake
  WITH CHECK (recourse_case_is_new(case_id) OR case_id = recourse_shown_case());
CREATE POLICY message_intake_send ON message FOR INSERT TO recourse_intake
  WITH CHECK (direction = 'from_complainant' AND (recourse_case_is_new(case_id) OR case_id = recourse_shown_case()));
CREATE POLICY case_event_intake_append ON case_event FOR INSERT TO recourse_intake
  WITH CHECK (actor_kind IN ('complainant', 'partner', 'system') AND (recourse_case_is_new(case_id) OR case_id = recourse_shown_case()));
-- The topics that intake has business with (libs/messaging/src/topics.ts).
CREATE POLICY outbox_message_intake_append ON outbox_message FOR INSERT TO recourse_intake
  WITH CHECK (topic IN ('complaint_filed', 'complaint_added_to', 'evidence_added', 'message_received', 'deadline_changed'));
