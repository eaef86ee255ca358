import { Given, GIVEN_COMPLAINT, testDatabase, waitFor, type GivenCase } from '@recourse/testing';
import { DeliverNotification, type DeliveryOutcome, type NotificationToSend } from './deliver-notification';
import { NudgeComplainant } from './nudge-complainant';
import { TellStaff } from './tell-staff';

const NOW = new Date('2026-03-02T09:00:00Z');

describe('notifications', () => {
  const database = testDatabase();
  let given: Given;
  let tellStaff: TellStaff;
  let deliver: DeliverNotification;
  beforeAll(async () => {
    given = await Given.in(database, NOW);
    tellStaff = new TellStaff(given.worker);
    deliver = new DeliverNotification(given.worker);
  }, 60_000);

  const caseIdOf = async ({ trackId }: GivenCase) =>
    (await given.owner.query<{ id: string }[]>('SELECT case_id AS id FROM track WHERE id = $1', [trackId]))[0]!.id;
  const notificationsOf = async (caseId: string) =>
    given.owner.query<{ id: string; state: string; attempts: number; code: string | null; recipient: string }[]>(
      `SELECT id, state, attempts, last_error_code AS code, recipient_id AS recipient FROM notification WHERE case_id = $1 ORDER BY created_at, id`,
      [caseId],
    );
  /** A case with one notification to the officer, not sent yet. */
  const planned = async () => {
    const caseId = await caseIdOf(await given.filed({ now: NOW }));
    const to = { staffId: given.institution.officer.staffId };
    await tellStaff.run({ caseId, kind: 'staff_track_assigned', to, cause: caseId, now: NOW });
    const [notification] = await notificationsOf(caseId);
    return { caseId, input: { notificationId: notification!.id, eventIds: [], now: NOW } };
  };
  const answering = (outcome: DeliveryOutcome) => {
    const sent: NotificationToSend[] = [];
    return {
      sent,
      channel: (toSend: NotificationToSend) => {
        sent.push(toSend);
        return Promise.resolve(outcome);
      },
    };
  };

  it('tell the same person of the same thing once', async () => {
    const caseId = await caseIdOf(await given.filed({ now: NOW }));
    const tell = (cause: string) => tellStaff.run({ caseId, kind: 'staff_new_complaint', to: 'desk', cause, now: NOW });
    await Promise.all([tell('first'), tell('first'), tell('first')]);
    expect(await notificationsOf(caseId)).toHaveLength(4);
    await tell('second');
    expect(await notificationsOf(caseId)).toHaveLength(8);
  });

  it('go to the leads of a team, or else to its supervisors and directors', async () => {
    const caseId = await caseIdOf(await given.filed({ now: NOW }));
    const { supervisor, director } = given.institution;
    const to = { leadsOf: supervisor.teams[0]?.id ?? '' };
    const tell = (cause: string) => tellStaff.run({ caseId, kind: 'staff_tracks_put_back', to, cause, now: NOW });
    expect(await tell('with a lead')).toEqual([supervisor.staffId]);
    await given.owner.query(`UPDATE team_member SET team_role = 'member'`);
    expect([...(await tell('without'))].sort()).toEqual([supervisor.staffId, director.staffId].sort());
    await given.owner.query(`UPDATE team_member SET team_role = 'lead' WHERE staff_id = $1`, [supervisor.staffId]);
  });

  it('of no case go to a person, and are sent without a reference', async () => {
    const { officer } = given.institution;
    const to = { staffId: officer.staffId };
    const tell = () => tellStaff.run({ kind: 'staff_put_on_team', to, cause: 'a team', now: NOW });
    expect([await tell(), await tell()]).toEqual([[officer.staffId], [officer.staffId]]);
    const rows = await given.owner.query<{ id: string }[]>(`SELECT id FROM notification WHERE kind = 'staff_put_on_team'`);
    expect(rows).toHaveLength(1);
    const { sent, channel } = answering({ kind: 'accepted' });
    await deliver.run({ notificationId: rows[0]!.id, eventIds: [], now: NOW }, channel);
    expect(sent).toMatchObject([{ addressee: { id: officer.staffId }, events: [] }]);
    expect(sent[0]).not.toHaveProperty('reference');
    await expect(tellStaff.run({ kind: 'staff_put_on_team', to: 'desk', cause: 'x', now: NOW })).rejects.toThrow('told to a person');
  });

  it('go to whoever holds the case, and to the team when nobody does or that account is closed', async () => {
    const filed = await given.filed({ now: NOW });
    const caseId = await caseIdOf(filed);
    const { officer, otherOfficer } = given.institution;
    const tell = (cause: string) => tellStaff.run({ caseId, kind: 'staff_message_received', to: 'holders', cause, now: NOW });
    expect(await tell('unassigned')).toHaveLength(4);
    await given.owner.query('UPDATE track SET assignee_id = $2 WHERE id = $1', [filed.trackId, otherOfficer.staffId]);
    expect(await tell('assigned')).toEqual([otherOfficer.staffId]);
    await given.owner.query('UPDATE staff_member SET active = false WHERE id = $1', [otherOfficer.staffId]);
    const told = await tell('gone');
    await given.owner.query('UPDATE staff_member SET active = true WHERE id = $1', [otherOfficer.staffId]);
    expect(told).toHaveLength(3);
    expect(told).toContain(officer.staffId);
  });

  it('are sent once although many workers try at the same time', async () => {
    const { caseId, input } = await planned();
    let sending = 0;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const slow = async (): Promise<DeliveryOutcome> => {
      sending += 1;
      await gate;
      return { kind: 'accepted' };
    };
    const first = deliver.run(input, slow);
    await waitFor('the first is sending', () => sending === 1);
    const others = await Promise.all(Array.from({ length: 5 }, () => deliver.run(input, slow)));
    go();
    expect(await first).toEqual({ kind: 'accepted' });
    expect(others).toEqual(Array.from({ length: 5 }, () => ({ kind: 'being_sent' })));
    expect(await deliver.run(input, slow)).toEqual({ kind: 'nothing' });
    expect(sending).toBe(1);
    expect(await notificationsOf(caseId)).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  it('give the channel an address and a reference, and nothing of the case', async () => {
    const { input } = await planned();
    const { sent, channel } = answering({ kind: 'accepted' });
    await deliver.run(input, channel);
    expect(sent).toMatchObject([{ recipientKind: 'staff', addressee: { email: 'officer@recourse.example', language: 'en' }, events: [] }]);
    expect(JSON.stringify(sent)).not.toMatch(/cart|Blue caps/);
  });

  it('wait after a temporary refusal and are sent later', async () => {
    const { caseId, input } = await planned();
    await deliver.run(input, answering({ kind: 'refused_for_now', code: 'smtp_451' }).channel);
    expect(await notificationsOf(caseId)).toMatchObject([{ state: 'waiting', attempts: 1, code: 'smtp_451' }]);
    await deliver.run(input, answering({ kind: 'accepted' }).channel);
    expect(await notificationsOf(caseId)).toMatchObject([{ state: 'sent', attempts: 2, code: null }]);
  });

  it('fail for good where a person sees it: the row and the record', async () => {
    const { caseId, input } = await planned();
    await deliver.run(input, answering({ kind: 'refused_for_good', code: 'smtp_550' }).channel);
    await deliver.giveUp(input.notificationId, 'smtp_550', NOW);
    expect(await notificationsOf(caseId)).toMatchObject([{ state: 'failed', attempts: 1, code: 'smtp_550' }]);
    const events = await given.owner.query<{ payload: unknown }[]>(
      `SELECT payload FROM case_event WHERE case_id = $1 AND type = 'notification_failed'`,
      [caseId],
    );
    expect(events).toEqual([{ payload: { notificationId: input.notificationId, errorCode: 'smtp_550' } }]);
  });

  it('stay as they were when the channel breaks', async () => {
    const { caseId, input } = await planned();
    await expect(deliver.run(input, () => Promise.reject(new Error('a mistake of ours')))).rejects.toThrow('a mistake of ours');
    expect(await notificationsOf(caseId)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  });

  it('are not sent to an account that was closed, nor on a route that was closed', async () => {
    const { caseId, input } = await planned();
    await given.owner.query('UPDATE staff_member SET active = false WHERE id = $1', [given.institution.officer.staffId]);
    const { sent, channel } = answering({ kind: 'accepted' });
    await deliver.run(input, channel);
    await given.owner.query('UPDATE staff_member SET active = true WHERE id = $1', [given.institution.officer.staffId]);
    expect(sent).toEqual([]);
    expect(await notificationsOf(caseId)).toMatchObject([{ state: 'suppressed', code: 'account_closed' }]);
  });

  describe('for complainants', () => {
    const contact = { email: 'amina@phone.example', neutral: true };
    let nudge: NudgeComplainant;
    beforeAll(() => (nudge = new NudgeComplainant(given.worker)));

    it('exist only where a route was chosen', async () => {
      const silent = await caseIdOf(await given.filed({ now: NOW }));
      expect(await nudge.run({ caseId: silent, cause: 'x', now: NOW })).toBe(0);
      const chosen = await caseIdOf(await given.filed({ now: NOW, complaint: { ...GIVEN_COMPLAINT, contact } }));
      expect(await nudge.run({ caseId: chosen, cause: 'y', now: NOW })).toBe(1);
      expect(await nudge.run({ caseId: chosen, cause: 'y', now: NOW })).toBe(1);
      expect(await notificationsOf(chosen)).toHaveLength(1);
    });

    it('leave the address sealed in everything but the worker’s memory', async () => {
      const caseId = await caseIdOf(await given.filed({ now: NOW, complaint: { ...GIVEN_COMPLAINT, contact } }));
      await nudge.run({ caseId, cause: 'z', now: NOW });
      const [notification] = await notificationsOf(caseId);
      const { sent, channel } = answering({ kind: 'accepted' });
      await deliver.run({ notificationId: notification!.id, eventIds: [], now: NOW }, channel);
      expect(sent).toMatchObject([{ recipientKind: 'complainant', route: { neutral: true, active: true } }]);
      expect(JSON.stringify(sent)).not.toContain('amina');
    });
  });
});
