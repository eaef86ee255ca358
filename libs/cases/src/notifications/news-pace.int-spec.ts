import { randomUUID } from 'node:crypto';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { SendComplaintMessage } from '../conversation/send-complaint-message';
import { MarkRead } from '../desk/mark-read';
import { DeliverNotification, type DeliveryOutcome } from './deliver-notification';
import { NewsPace } from './news-pace';
import { TellStaff } from './tell-staff';

const START = Date.UTC(2026, 10, 28, 9);
const at = (minutes: number): Date => new Date(START + minutes * 60_000);
const ACCEPTED: DeliveryOutcome = { kind: 'accepted' };

describe('mails about what a complainant brought to one case', () => {
  const database = testDatabase();
  let given: Given;
  let filed: GivenCase;
  let caseId: string;
  beforeAll(async () => {
    given = await Given.in(database, at(0));
  }, 60_000);
  beforeEach(async () => {
    filed = await given.filed({ now: at(0) });
    ({ caseId } = await given.track(filed.reference));
    await given.owner.query('UPDATE track SET assignee_id = $2 WHERE id = $1', [filed.trackId, given.institution.officer.staffId]);
  });

  /** The complainant writes, and the worker tells whoever holds the case. */
  const writes = async (minutes: number, worker = given.worker) => {
    const send = new SendComplaintMessage(given.intake, given.institution.secrets);
    const message = { digits: filed.receipt, clientKey: randomUUID(), body: 'They came back.', now: at(minutes) };
    expect(await send.run(message)).toMatchObject({ ok: true });
    await new TellStaff(worker).run({ caseId, kind: 'staff_message_received', to: 'holders', cause: message.clientKey, now: at(minutes) });
  };
  const reads = (minutes: number) =>
    new MarkRead(given.casework).run({ actor: given.institution.officer, reference: filed.reference, now: at(minutes) });
  const mails = async () =>
    given.owner.query<{ id: string; state: string; code: string | null; sentAt: Date | null }[]>(
      `SELECT id, state, last_error_code AS code, sent_at AS "sentAt" FROM notification
       WHERE case_id = $1 AND kind = 'staff_message_received' ORDER BY created_at, id`,
      [caseId],
    );
  const deliver = (notificationId: string, minutes: number, channel: () => Promise<DeliveryOutcome> = () => Promise.resolve(ACCEPTED)) =>
    new DeliverNotification(given.worker, new NewsPace(30 * 60_000)).run({ notificationId, eventIds: [], now: at(minutes) }, channel);
  /** The outbox: everything that waits is tried. */
  const deliverAll = async (minutes: number) => {
    const waiting = (await mails()).filter(({ state }) => state === 'waiting');
    return (await Promise.all(waiting.map(({ id }) => deliver(id, minutes)))).map(({ kind }) => kind);
  };
  const sentAt = async () => (await mails()).flatMap(({ sentAt: sent }) => (sent === null ? [] : (sent.getTime() - START) / 60_000));

  it('are one, while it waits and after it was sent, until it is read or half an hour old', async () => {
    for (const minutes of [1, 2, 3]) await writes(minutes);
    expect(await mails()).toHaveLength(1);
    await deliverAll(4);
    for (const minutes of [5, 6, 7]) await writes(minutes);
    expect(await deliverAll(8)).toEqual(['later']);
    expect(await deliverAll(34)).toEqual(['accepted']);
    expect(await sentAt()).toEqual([4, 34]);
    // Every message stays new to the officer, however few mails there were.
    const unread = await given.owner.query('SELECT 1 FROM message WHERE case_id = $1 AND first_read_at IS NULL', [caseId]);
    expect(unread).toHaveLength(6);
  });

  it('are one when twenty messages are told of at once', async () => {
    const runners = Array.from({ length: 8 }, () => given.worker.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    await Promise.all(runners.map((runner) => runner.release()));
    await Promise.all(Array.from({ length: 20 }, () => writes(1)));
    await deliverAll(2);
    await deliverAll(3);
    expect(await sentAt()).toEqual([2]);
  });

  it('are sent at once for what comes after the news were read, and never for what was read', async () => {
    await writes(1);
    await deliverAll(2);
    await writes(3);
    expect(await deliverAll(3)).toEqual(['later']);
    await reads(5);
    await writes(7);
    expect((await deliverAll(7)).sort()).toEqual(['accepted', 'nothing']);
    expect(await sentAt()).toEqual([2, 7]);
    await writes(8);
    await reads(9);
    expect(await deliverAll(40)).toEqual(['nothing']);
    expect((await mails()).map(({ code }) => code)).toContain('read_already');
  });

  it('are still one for the next person: each is told', async () => {
    await given.owner.query('UPDATE track SET assignee_id = NULL WHERE id = $1', [filed.trackId]);
    for (const minutes of [1, 2]) await writes(minutes);
    expect(await mails()).toHaveLength(4);
    await deliverAll(3);
    expect(await sentAt()).toEqual([3, 3, 3, 3]);
  });

  it.each([
    ['and said that they had read it', true, ['accepted'], [2, 5]],
    ['and only looked', false, ['later'], [2]],
  ])(
    'miss no message that comes while one is being sent: somebody opened the case before it was there %s',
    async (_, isRead, then, sent) => {
      await writes(1);
      const [first] = await mails();
      let accept: (outcome: DeliveryOutcome) => void = () => undefined;
      let begun: () => void = () => undefined;
      const isBegun = new Promise<void>((resolve) => (begun = resolve));
      const sending = deliver(first!.id, 2, () => {
        begun();
        return new Promise((resolve) => (accept = resolve));
      });
      await isBegun;
      if (isRead) await reads(3);
      await writes(4);
      accept(ACCEPTED);
      expect((await sending).kind).toBe('accepted');
      expect(await mails()).toHaveLength(2);
      expect(await deliverAll(5)).toEqual(then);
      expect(await sentAt()).toEqual(sent);
      await deliverAll(32);
      expect(await sentAt()).toHaveLength(2);
    },
  );

  it('are sent again, as the same mail, when the worker is killed before it could note that one was sent', async () => {
    await writes(1);
    const [first] = await mails();
    await expect(deliver(first!.id, 2, () => Promise.reject(new Error('killed after the server had accepted')))).rejects.toThrow('killed');
    await writes(3);
    expect(await mails()).toHaveLength(1);
    expect(await deliverAll(4)).toEqual(['accepted']);
    expect(await sentAt()).toEqual([4]);
  });

  it('miss nothing when the mail server is away for a while: what waits and would be superfluous stands for nothing new', async () => {
    await writes(1);
    const [first] = await mails();
    // A second one is planned while the first is being refused.
    await deliver(first!.id, 2, async () => {
      await writes(2);
      return { kind: 'refused_for_now', code: 'smtp_451' };
    });
    const [, second] = await mails();
    expect((await deliver(second!.id, 3)).kind).toBe('accepted');
    // The first still waits, and will not be sent: it does not cover this one.
    await writes(4);
    expect(await mails()).toHaveLength(3);
    expect((await deliverAll(5)).sort()).toEqual(['later', 'nothing']);
    expect(await deliverAll(33)).toEqual(['accepted']);
    expect(await sentAt()).toEqual([3, 33]);
  });

  it('do not wait for one that could not be sent at first and is tried after growing pauses', async () => {
    await writes(1);
    const [first] = await mails();
    await deliver(first!.id, 2, () => Promise.resolve({ kind: 'refused_for_now', code: 'smtp_451' }));
    await writes(200);
    const [, second] = await mails();
    expect((await deliver(second!.id, 200)).kind).toBe('accepted');
    // The first says nothing new any more.
    await deliverAll(201);
    expect(await sentAt()).toEqual([200]);
  });

  it('are planned anew after one that was refused for good', async () => {
    await writes(1);
    const [first] = await mails();
    await deliver(first!.id, 2, () => Promise.resolve({ kind: 'refused_for_good', code: 'smtp_550' }));
    await writes(3);
    expect(await deliverAll(3)).toEqual(['accepted']);
  });

  it('of a message that was told of twice, because a worker was killed in between, are one', async () => {
    const tell = (minutes: number) =>
      new TellStaff(given.worker).run({ caseId, kind: 'staff_message_received', to: 'holders', cause: 'the same', now: at(minutes) });
    await tell(1);
    await deliverAll(2);
    await tell(3);
    await deliverAll(60);
    expect(await sentAt()).toEqual([2]);
  });

  it('of a closed case are sent: nothing is marked as new there', async () => {
    await given.owner.query(`UPDATE track SET closed_at = $2, outcome = 'withdrawn', has_news = false WHERE id = $1`, [
      filed.trackId,
      at(0),
    ]);
    await new TellStaff(given.worker).run({ caseId, kind: 'staff_message_received', to: 'holders', cause: 'late', now: at(1) });
    expect(new Set(await deliverAll(2))).toEqual(new Set(['accepted']));
  });

  it('that wait when the case closes are told to the desk when their holder is not on it', async () => {
    const { administrator, otherOfficer, supervisor } = given.institution;
    await given.owner.query('UPDATE track SET assignee_id = $2 WHERE id = $1', [filed.trackId, administrator.staffId]);
    await writes(1);
    await deliverAll(2);
    await writes(3);
    expect(await deliverAll(4)).toEqual(['later']);
    await given.owner.query(`UPDATE track SET closed_at = $2, outcome = 'withdrawn' WHERE id = $1`, [filed.trackId, at(5)]);
    expect(await deliverAll(40)).toEqual(['nothing']);
    expect((await mails()).map(({ code }) => code)).toContain('holds_it_no_more');
    const waiting = await given.owner.query<{ id: string }[]>(
      `SELECT recipient_id AS id FROM notification WHERE case_id = $1 AND kind = 'staff_message_received' AND state = 'waiting'`,
      [caseId],
    );
    expect(waiting.map(({ id }) => id)).toEqual(expect.arrayContaining([otherOfficer.staffId, supervisor.staffId]));
    expect(new Set(await deliverAll(41))).toEqual(new Set(['accepted']));
  });

  it('that wait go to nobody who has handed the case on meanwhile, and whoever has it is not told twice', async () => {
    const { officer, otherOfficer } = given.institution;
    await writes(1);
    await deliverAll(2);
    await writes(3);
    expect(await deliverAll(4)).toEqual(['later']);
    await given.owner.query('UPDATE track SET assignee_id = $2 WHERE id = $1', [filed.trackId, otherOfficer.staffId]);
    expect(await deliverAll(40)).toEqual(['nothing']);
    expect((await mails()).map(({ code }) => code)).toContain('holds_it_no_more');
    await writes(41);
    await deliverAll(42);
    expect(await sentAt()).toEqual([2, 42]);
    // Back in the team's hands, everybody on it is concerned again.
    await given.owner.query('UPDATE track SET assignee_id = NULL WHERE id = $1', [filed.trackId]);
    await new TellStaff(given.worker).run({
      caseId,
      kind: 'staff_message_received',
      to: { staffId: officer.staffId },
      cause: 'x',
      now: at(80),
    });
    expect(await deliverAll(81)).toEqual(['accepted']);
  });

  it('miss no message that a worker tells of whose clock is behind that of the one who sent the mail before', async () => {
    await writes(1);
    await deliverAll(2);
    await reads(2.01);
    // It came after that, by the clock of a worker that is six seconds behind.
    await writes(1.95);
    expect((await deliverAll(2.05)).sort()).toEqual(['accepted']);
  });
});
