-- A clock that begins again keeps the count of how often it was given more time, also when the software begins it. Casework may write every column already.
GRANT INSERT (extensions) ON deadline TO recourse_worker;
