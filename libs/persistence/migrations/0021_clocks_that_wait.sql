-- A clock across stages may begin in a stage that makes it wait: then it waits from the beginning. Casework may write every column already.
GRANT INSERT (paused_at, pause_reason_code, remaining_ms) ON deadline TO recourse_intake, recourse_worker;
