/** What {@link MISMATCHES} answers, in one row. */
export interface Reconciled {
  /** Clocks whose running out is in the record exactly once. */
  readonly once: number;
  /** Whatever does not fit. */
  readonly mismatches: number;
}

/**
 * Compares what fired with what was to fire (`bench_due`): clocks, record, notifications and outbox, each in both directions. `once` counts the
 * clocks whose running out is in the record exactly once; `mismatches` counts every way in which a clock, an event, a notification or
 * an outbox row does not fit the others.
 */
export const MISMATCHES = `
  WITH fired AS (
    SELECT (e.payload ->> 'deadlineId')::uuid AS id, (e.payload ->> 'level')::int AS level, e.payload -> 'told' AS told, e.case_id
    FROM case_event e WHERE e.type IN ('clock_ran_out', 'clock_missed', 'clock_escalated') AND (e.payload ->> 'deadlineId')::uuid IN (SELECT id FROM bench_due)),
  times AS (SELECT b.id, b.level, count(f.id)::int AS events, count(f.id) FILTER (WHERE f.level = b.level)::int AS own
            FROM bench_due b LEFT JOIN fired f ON f.id = b.id GROUP BY b.id, b.level),
  told AS (SELECT f.id, f.level, f.case_id, person FROM fired f, jsonb_array_elements_text(f.told) person),
  notified AS (SELECT n.id AS notification, split_part(n.dedupe_key, ':', 2)::uuid AS id, split_part(n.dedupe_key, ':', 3)::int AS level, n.case_id,
                      n.recipient_id::text AS person
               FROM notification n WHERE n.dedupe_key LIKE 'clock:%'),
  written AS (SELECT notified.* FROM notified JOIN bench_due b ON b.id = notified.id AND notified.level >= b.level),
  handed AS (SELECT (o.payload ->> 'notificationId')::uuid AS notification, count(*) AS rows FROM outbox_message o
             WHERE o.topic = 'notification_due' GROUP BY 1),
  triggered AS (SELECT split_part(o.dedupe_key, ':', 2)::uuid AS id, count(*) AS rows FROM outbox_message o
                WHERE o.topic = 'track_triggered' AND o.dedupe_key IS NOT NULL GROUP BY 1)
  SELECT (SELECT count(*) FROM times WHERE events = 1 AND own = 1)::int AS once,
         ( (SELECT count(*) FROM times WHERE events <> 1 OR own <> 1)
         + (SELECT count(*) FROM bench_due b JOIN deadline d USING (id) WHERE d.level <> b.level + 1 OR d.next_fire_at IS NULL OR d.next_fire_at <= now())
         + (SELECT count(*) FROM fired WHERE jsonb_array_length(told) = 0)
         + (SELECT count(*) FROM told LEFT JOIN written USING (id, level, case_id, person) WHERE written.notification IS NULL)
         + (SELECT count(*) FROM written LEFT JOIN told USING (id, level, case_id, person) WHERE told.id IS NULL)
         + (SELECT count(*) - count(DISTINCT (id, level, person)) FROM written)
         + (SELECT count(*) FROM written LEFT JOIN handed USING (notification) WHERE handed.rows IS DISTINCT FROM 1)
         + (SELECT count(*) FROM bench_due LEFT JOIN triggered USING (id) WHERE triggered.rows IS DISTINCT FROM 1))::int AS mismatches`;
