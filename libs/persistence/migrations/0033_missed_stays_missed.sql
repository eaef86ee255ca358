-- A late clock that is given more time runs again, and was missed all the same: the first end that it missed stays in its row, and it never ends as met in time.
ALTER TABLE deadline ADD COLUMN missed_at timestamptz NULL;

-- What was given more time before this was kept: the record says from which end, and when.
UPDATE deadline d
SET missed_at = e.missed_at, state = CASE WHEN d.state IN ('met', 'cancelled') THEN 'missed_met' ELSE d.state END
FROM (
  SELECT (payload ->> 'deadlineId')::uuid AS id, min((payload ->> 'from')::timestamptz) AS missed_at
  FROM case_event
  WHERE type = 'clock_extended' AND (payload ->> 'from')::timestamptz < occurred_at
  GROUP BY 1
) e
WHERE d.id = e.id;

ALTER TABLE deadline ADD CONSTRAINT deadline_missed_ck CHECK (missed_at IS NULL OR state NOT IN ('met', 'cancelled'));

GRANT UPDATE (missed_at) ON deadline TO recourse_casework, recourse_worker;
