-- Row-level security, forced, as on every table that intake writes (0005): intake keeps the first of a kind and reads what is in use, whatever else may be granted one day.

ALTER TABLE secret_fingerprint ENABLE ROW LEVEL SECURITY;
ALTER TABLE secret_fingerprint FORCE ROW LEVEL SECURITY;
CREATE POLICY secret_fingerprint_owner ON secret_fingerprint TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY secret_fingerprint_intake_read ON secret_fingerprint FOR SELECT TO recourse_intake USING (true);
CREATE POLICY secret_fingerprint_intake_first ON secret_fingerprint FOR INSERT TO recourse_intake WITH CHECK (nth = 1);
