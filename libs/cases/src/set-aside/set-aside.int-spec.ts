import {
  claimOutbox,
  claimUnfinishedOutbox,
  inTransaction,
  listEvents,
  listSetAside,
  noteOutboxFailure,
  setOutboxAside,
} from '@recourse/persistence';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { FireDeadline } from '../clocks/fire-deadline';
import { DeliverNotification } from '../notifications/deliver-notification';
import { VerifyRecord } from '../record/verify-record';
import { ListSetAside } from './list-set-aside';
import { TryAgain } from './try-again';

const FILED_AT = new Date('2026-03-02T07:00:00Z');
const LATER = new Date('2026-04-02T07:00:00Z');

describe('what the machine gave up', () => {
  const database = testDatabase();
  let given: Given;
  let lister: ListSetAside;
  let tryAgain: TryAgain;
  let fireDeadline: FireDeadline;
  beforeAll(async () => {
    given = await Given.in(database, FILED_AT);
    lister = new ListSetAside(given.casework, given.institution.rules);
    tryAgain = new TryAgain(given.casework);
    fireDeadline = new FireDeadline(given.worker, given.institution.rules);
  }, 60_000);

  const listed = async (actor = given.institution.administrator) => (await lister.run({ actor })).items;
  const ofCase = async ({ reference }: GivenCase) => (await listed()).filter((item) => item.reference === reference);
  const again = async (work: 'clock' | 'task', id: string, actor = given.institution.administrator) =>
    tryAgain.run({ actor, work, id, now: LATER });
  const recordOf = async ({ trackId }: GivenCase) => {
    const [row] = await given.owner.query<{ caseId: string }[]>(`SELECT case_id AS "caseId" FROM track WHERE id = $1`, [trackId]);
    return (await listEvents(given.owner.manager, row?.caseId ?? '')).filter(({ type }) => type === 'work_tried_again');
  };

  /** A case with one clock that its procedure does not know, fired until the machine gives up. */
  async function clockSetAside(): Promise<GivenCase> {
    const filed = await given.filed({ now: FILED_AT });
    await given.owner.query(`UPDATE deadline SET kind = 'unheard_of' WHERE track_id = $1 AND kind = 'acknowledge'`, [filed.trackId]);
    await fail(filed, 5);
    return filed;
  }

  async function fail({ trackId }: GivenCase, times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      const [clock] = await given.owner.query<{ id: string; at: Date }[]>(
        `SELECT id, next_fire_at AS at FROM deadline WHERE track_id = $1 AND kind = 'unheard_of'`,
        [trackId],
      );
      if (clock === undefined) throw new Error('the clock is gone');
      const { failed } = await fireDeadline.run({ deadlineId: clock.id, now: clock.at });
      expect(failed).toHaveLength(1);
    }
  }

  /** The task that tells the desk of a case, given up. */
  async function taskSetAside(filed: GivenCase): Promise<string> {
    const [row] = await given.owner.query<{ id: string }[]>(
      `SELECT m.id FROM outbox_message m JOIN track t ON t.case_id::text = m.payload->>'caseId' WHERE t.id = $1 AND m.topic = 'complaint_filed'`,
      [filed.trackId],
    );
    const id = row?.id ?? '';
    await inTransaction(given.worker, async (tx) => {
      await tx.query('UPDATE outbox_message SET handed_at = $2 WHERE id = $1', [id, FILED_AT]);
      await noteOutboxFailure(tx, id, 'sqlstate_23514');
      await setOutboxAside(tx, id, 'sqlstate_23514', LATER);
    });
    return id;
  }

  it('is told with what, since when, how often, why and the reference, and nothing else', async () => {
    const filed = await clockSetAside();
    const [item, ...others] = await ofCase(filed);
    expect(others).toEqual([]);
    expect(item).toEqual({
      work: 'clock',
      id: expect.any(String) as string,
      code: 'unheard_of',
      name: { en: 'unheard of' },
      setAsideAt: expect.any(Date) as Date,
      attempts: 5,
      errorCode: 'clock_unknown_to_procedure',
      reference: filed.reference,
    });
    const id = await taskSetAside(filed);
    expect((await ofCase(filed)).filter(({ work }) => work === 'task')).toEqual([
      {
        work: 'task',
        id,
        code: 'complaint_filed',
        setAsideAt: LATER,
        attempts: 1,
        errorCode: 'sqlstate_23514',
        reference: filed.reference,
      },
    ]);
  });

  it('is told to administrators alone', async () => {
    await clockSetAside();
    const { officer, supervisor, director } = given.institution;
    for (const actor of [officer, supervisor, director]) {
      expect(await listed(actor)).toEqual([]);
    }
  });

  it('is fired again when the cause is mended, and the record says who asked for it', async () => {
    const filed = await clockSetAside();
    const [item] = await ofCase(filed);
    await given.owner.query(`UPDATE deadline SET kind = 'acknowledge' WHERE id = $1`, [item?.id]);
    expect(await again('clock', item?.id ?? '')).toEqual({ ok: true });
    expect(await ofCase(filed)).toEqual([]);
    expect(await recordOf(filed)).toMatchObject([
      {
        payload: { work: 'clock', workId: item?.id, code: 'acknowledge' },
        actorKind: 'staff',
        actorId: given.institution.administrator.staffId,
        trackId: filed.trackId,
      },
    ]);
    const { fired, failed } = await fireDeadline.run({ deadlineId: item?.id ?? '', now: LATER });
    expect([fired.length, failed]).toEqual([1, []]);
  });

  it('has all its attempts before it again, and those in charge are told anew when it fails once more', async () => {
    const filed = await clockSetAside();
    const [item] = await ofCase(filed);
    const told = async (): Promise<number> =>
      (
        await given.owner.query<unknown[]>(
          `SELECT n.id FROM notification n JOIN track t ON t.case_id = n.case_id WHERE t.id = $1 AND n.kind = 'staff_clock_set_aside'`,
          [filed.trackId],
        )
      ).length;
    expect(await told()).toBe(2);
    await again('clock', item?.id ?? '');
    await fail(filed, 4);
    expect(await ofCase(filed)).toEqual([]);
    await fail(filed, 1);
    expect(await ofCase(filed)).toMatchObject([{ id: item?.id, attempts: 5 }]);
    expect(await told()).toBe(4);
  });

  it('is refused a second time, to anybody else, and where there is no such work: nothing is written', async () => {
    const filed = await clockSetAside();
    const [item] = await ofCase(filed);
    const id = item?.id ?? '';
    const refused = { ok: false, code: 'not_set_aside' };
    expect(await again('clock', id, given.institution.director)).toEqual(refused);
    expect(await again('task', id)).toEqual(refused);
    expect(await again('clock', 'x')).toEqual(refused);
    expect(await again('clock', '00000000-0000-7000-8000-000000000000')).toEqual(refused);
    expect(await recordOf(filed)).toEqual([]);
    expect(await again('clock', id)).toEqual({ ok: true });
    expect(await again('clock', id)).toEqual(refused);
    expect(await recordOf(filed)).toHaveLength(1);
  });

  it('leaves the list, and is not tried again, once its track is closed', async () => {
    const filed = await clockSetAside();
    const [item] = await ofCase(filed);
    await given.owner.query('UPDATE track SET closed_at = now() WHERE id = $1', [filed.trackId]);
    expect(await ofCase(filed)).toEqual([]);
    expect(await again('clock', item?.id ?? '')).toEqual({ ok: false, code: 'not_set_aside' });
  });

  it('is handed to the queue again by the way on which the relay removes the job that failed', async () => {
    const filed = await given.filed({ now: FILED_AT });
    const id = await taskSetAside(filed);
    const topics = ['complaint_filed'];
    const unfinished = () => inTransaction(given.worker, (tx) => claimUnfinishedOutbox(tx, topics, LATER, LATER, 1_000));
    expect(await unfinished()).not.toContain(id);
    expect(await again('task', id)).toEqual({ ok: true });
    expect(await recordOf(filed)).toMatchObject([{ payload: { work: 'task', workId: id, code: 'complaint_filed' } }]);
    expect(await inTransaction(given.worker, (tx) => claimOutbox(tx, topics, LATER, 1_000))).not.toContain(id);
    expect(await unfinished()).toContain(id);
  });

  it('has a mail that was given up wait to be sent again', async () => {
    const filed = await clockSetAside();
    const [row] = await given.owner.query<{ id: string; notificationId: string }[]>(
      `SELECT m.id, n.id AS "notificationId" FROM notification n JOIN track t ON t.case_id = n.case_id
       JOIN outbox_message m ON m.payload->>'notificationId' = n.id::text WHERE t.id = $1 LIMIT 1`,
      [filed.trackId],
    );
    const { id, notificationId } = row ?? { id: '', notificationId: '' };
    await new DeliverNotification(given.worker).giveUp(notificationId, 'smtp_550', LATER);
    await inTransaction(given.worker, (tx) => setOutboxAside(tx, id, 'smtp_550', LATER));
    expect((await ofCase(filed)).find((item) => item.id === id)).toMatchObject({ code: 'notification_due', errorCode: 'smtp_550' });
    expect(await again('task', id)).toEqual({ ok: true });
    const [mail] = await given.owner.query<{ state: string }[]>('SELECT state FROM notification WHERE id = $1', [notificationId]);
    expect(mail?.state).toBe('waiting');
  });

  it('is listed whatever its payload holds, page by page, each once', async () => {
    await given.owner.query(
      `INSERT INTO outbox_message (id, topic, payload, created_at, available_at, set_aside_at)
       SELECT gen_random_uuid(), 'calendar_published', payload, $1, $1, $1
       FROM (VALUES ('{"caseId": "nonsense"}'::jsonb), ('{}'), ('[]'), ('{"deadlineId": 7}')) AS given (payload)`,
      [LATER],
    );
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await lister.run({ actor: given.institution.administrator, limit: 2, ...(after === undefined ? {} : { after }) });
      ids.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(ids).toEqual((await listed()).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    const [other] = (await listed()).filter(({ code }) => code === 'calendar_published');
    expect(other).not.toHaveProperty('reference');
    expect(await again('task', other?.id ?? '')).toEqual({ ok: true });
    // It belongs to no case: who asked for it stands in the record of accounts and teams, about nobody's account, once.
    expect(await again('task', other?.id ?? '')).toEqual({ ok: false, code: 'not_set_aside' });
    expect(
      await given.owner.query(`SELECT staff_id, payload, actor_id, occurred_at FROM staff_event WHERE type = 'work_tried_again'`),
    ).toEqual([
      {
        staff_id: null,
        payload: { work: 'task', workId: other?.id, code: 'calendar_published' },
        actor_id: given.institution.administrator.staffId,
        occurred_at: LATER,
      },
    ]);
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ staff: { events: expect.any(Number) as number }, breaks: [] });
  });

  it('comes out of indexes of what is set aside', async () => {
    const plan = await inTransaction(given.owner, async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off');
      const plans: string[] = [];
      const explaining = new Proxy(tx, {
        get: (target, name) =>
          name !== 'query'
            ? (Reflect.get(target, name) as unknown)
            : async (sql: string, params: unknown[]) => {
                const rows = await target.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${sql}`, params);
                plans.push(...rows.map((row) => row['QUERY PLAN']));
                return [];
              },
      });
      await listSetAside(explaining, undefined, 50);
      return plans.join('\n');
    });
    expect(plan).toContain('deadline_set_aside_idx');
    expect(plan).toContain('outbox_message_set_aside_idx');
    expect(plan).toContain('case_key_grant_set_aside_idx');
    expect(plan).toContain('team_key_aside_set_aside_idx');
  });
});
