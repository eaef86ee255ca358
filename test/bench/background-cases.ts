import type { BenchHouse } from './bench-house';

/** Cases written by one statement each. */
const AT_A_TIME = 5_000;

/**
 * Fills the database with open cases, by SQL, because filing 100,000 through the door takes an hour. Each is a copy of the first real complaint: all its
 * rows, the same sizes, with ids, reference and look-ups of its own. Constraints are checked and the record is chained by the same trigger as
 * ever. What is sealed does not open, because a ciphertext belongs to its row; nothing here opens it.
 *
 * Half of them are held by the officer, half by nobody. They came in over the last weeks, their clocks were warned about already, and they run
 * out in ten days and later.
 * @param house with at least one complaint in it
 * @param wanted cases in all, those that are there included
 * @returns how many were made
 */
export async function fillUpTo(house: BenchHouse, wanted: number): Promise<number> {
  const [{ present, template } = { present: 0, template: '' }] = await house.query<{ present: number; template: string }>(
    `SELECT (SELECT count(*)::int FROM case_file) AS present,
            (SELECT id FROM case_file WHERE id NOT IN (SELECT id FROM bench_case) ORDER BY received_at LIMIT 1) AS template`,
  );
  for (let made = 0; made < wanted - present; made += AT_A_TIME) {
    await make(house, template, Math.min(AT_A_TIME, wanted - present - made));
  }
  await house.query('ANALYZE');
  return Math.max(0, wanted - present);
}

/** Call once, before {@link fillUpTo}. */
export async function prepareToFill(house: BenchHouse): Promise<void> {
  await house.query(`CREATE TABLE bench_case (
    number serial PRIMARY KEY, id uuid NOT NULL DEFAULT uuidv7(), track_id uuid NOT NULL DEFAULT uuidv7(), deadline_id uuid NOT NULL DEFAULT uuidv7(),
    lookup bytea NOT NULL DEFAULT sha256(uuid_send(gen_random_uuid())), received_at timestamptz NOT NULL DEFAULT now())`);
  await house.query('CREATE INDEX ON bench_case (id)');
}

async function make(house: BenchHouse, template: string, count: number): Promise<void> {
  await house.owner.transaction(async (tx) => {
    const [first] = await tx.query<{ number: number }[]>('SELECT coalesce(max(number), 0) AS number FROM bench_case');
    await tx.query(`INSERT INTO bench_case (received_at) SELECT now() - i * interval '1 second' FROM generate_series(1, $1) i`, [count]);
    const officer = house.institution.officer.staffId;
    for (const statement of STATEMENTS) {
      const holder = statement.includes('$3') ? [officer] : [];
      await tx.query(statement, [template, first?.number ?? 0, ...holder]);
    }
  });
}

/** New cases `n`, and what they are copies of. `$1` is the template, `$2` the last number before. */
const NEW = 'bench_case n WHERE n.number > $2';

const STATEMENTS: readonly string[] = [
  `INSERT INTO case_file (id, reference, received_at, channel, language, answer_language, country, kind, anonymity, desk_team_id)
   SELECT n.id, 'BN-' || lpad(n.number::text, 10, '0'), n.received_at, f.channel, f.language, f.answer_language, f.country, f.kind, f.anonymity,
          f.desk_team_id
   FROM case_file f, ${NEW} AND f.id = $1`,
  `INSERT INTO receipt (lookup, case_id, public_key, created_at)
   SELECT n.lookup, n.id, r.public_key, n.received_at FROM receipt r, ${NEW} AND r.case_id = $1`,
  `INSERT INTO filing (idempotency_lookup, body_check, case_id, receipt_lookup, created_at)
   SELECT sha256(n.lookup), g.body_check, n.id, n.lookup, n.received_at FROM filing g, ${NEW} AND g.case_id = $1`,
  `INSERT INTO case_key_grant (id, case_id, key_version, holder_kind, holder_id, sealed_key, granted_at)
   SELECT uuidv7(), n.id, g.key_version, g.holder_kind, g.holder_id, g.sealed_key, n.received_at FROM case_key_grant g, ${NEW} AND g.case_id = $1`,
  `INSERT INTO intake_item (id, case_id, kind, channel, received_at, sealed_answers)
   SELECT uuidv7(), n.id, i.kind, i.channel, n.received_at, i.sealed_answers FROM intake_item i, ${NEW} AND i.case_id = $1`,
  `INSERT INTO party (id, case_id, role, sealed_name, created_at)
   SELECT uuidv7(), n.id, p.role, p.sealed_name, n.received_at FROM party p, ${NEW} AND p.case_id = $1`,
  `INSERT INTO track (id, case_id, procedure_version_id, procedure, stage, revision, team_id, assignee_id, opened_at, stage_entered_at, next_due_at,
                      has_news)
   SELECT n.track_id, n.id, t.procedure_version_id, t.procedure, t.stage, 1, t.team_id, CASE WHEN n.number % 2 = 0 THEN $3::uuid END, n.received_at,
          n.received_at, now() + interval '10 days' + n.number * interval '1 second', true
   FROM track t, ${NEW} AND t.case_id = $1`,
  `INSERT INTO deadline (id, track_id, case_id, kind, stage, calendar, started_at, due_at, level, next_fire_at, state)
   SELECT n.deadline_id, n.track_id, n.id, d.kind, d.stage, d.calendar, n.received_at, t.next_due_at, 1, t.next_due_at, 'running'
   FROM deadline d, track t, ${NEW} AND d.case_id = $1 AND t.id = n.track_id`,
  // In their order, one event of every case at a time: the trigger locks the head of each chain as it does for one complaint.
  `INSERT INTO case_event (id, case_id, track_id, type, payload, actor_kind, occurred_at)
   SELECT uuidv7(), n.id, CASE WHEN e.track_id IS NOT NULL THEN n.track_id END, e.type,
          CASE WHEN e.type = 'clock_started' THEN e.payload || jsonb_build_object('deadlineId', n.deadline_id, 'dueAt', t.next_due_at) ELSE e.payload END,
          e.actor_kind, n.received_at
   FROM case_event e, track t, ${NEW} AND e.case_id = $1 AND t.id = n.track_id ORDER BY n.number, e.seq`,
];
