import { randomUUID } from 'node:crypto';

import type { INestApplication } from '@nestjs/common';
import {
  AssignTrack,
  ListSetAside,
  MarkRead,
  PutOnTeam,
  SendComplaintMessage,
  SendMessageToComplainant,
  TakeOffTeam,
  TryAgain,
} from '@recourse/cases';
import { describeOnBothBackends, Given, GIVEN_COMPLAINT, waitFor } from '@recourse/testing';
import request from 'supertest';

import { MailServer, textOf } from '../test-support/mail-server';
import { startWorker } from '../test-support/start-worker';

describeOnBothBackends('the worker', (backend) => {
  let given: Given;
  let mail: MailServer;
  let smtpUrl: string;
  let app: INestApplication;

  beforeAll(async () => {
    given = await Given.in(backend().database);
    mail = new MailServer();
    smtpUrl = await mail.start();
    app = await startWorker(backend(), given, smtpUrl);
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await mail.stop();
  }, 30_000);
  beforeEach(() => {
    mail.received.length = 0;
    mail.refuse = () => undefined;
  });

  const unfinished = async () => {
    const [row] = await given.owner.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM outbox_message WHERE done_at IS NULL AND set_aside_at IS NULL',
    );
    return row?.count ?? -1;
  };
  const quiet = () => waitFor('the outbox is empty', async () => (await unfinished()) === 0, 20_000);
  const write = async (reference: string, body = 'Please bring the papers.') => {
    const sent = await new SendMessageToComplainant(given.casework).run({
      actor: given.institution.officer,
      reference,
      clientKey: randomUUID(),
      body,
      now: new Date(),
    });
    expect(sent).toMatchObject({ ok: true });
  };

  it('tells the desk of a new complaint, once each, without a word of it', async () => {
    const { reference } = await given.filed();
    await waitFor('the desk was told', () => mail.received.length >= 4);
    await quiet();
    expect(mail.received.map(({ to }) => to).sort()).toEqual(
      ['director', 'officer', 'other.officer', 'supervisor'].map((name) => `${name}@recourse.example`),
    );
    const [first] = mail.for('officer@recourse.example');
    expect(first?.raw).toContain(`Subject: ${reference}: a new complaint`);
    expect(first?.raw).toContain(`http://localhost:3001/cases/${reference}`);
    expect(first?.raw).not.toMatch(/cart|guards|gate|Blue caps/);
  });

  it('tells somebody that they were put on a team, in one mail that names no case', async () => {
    const { supervisor: actor } = given.institution;
    const { staffId } = await given.stranger();
    const teamId = actor.teams[0]?.id ?? '';
    const put = new PutOnTeam(given.casework);
    for (const added of [true, false])
      expect(await put.run({ actor, teamId, person: { staffId }, teamRole: 'member', now: new Date() })).toMatchObject({ ok: true, added });
    await waitFor('they were told', () => mail.received.length > 0);
    await quiet();
    expect(mail.received.map(({ to }) => to)).toEqual(['stranger@recourse.example']);
    const [first] = mail.received;
    expect(first?.raw).toContain('Subject: You are on one more team');
    expect(first?.raw).toContain('http://localhost:3001/account');
    expect(first?.raw).not.toContain('RC-');
    await new TakeOffTeam(given.casework).run({ actor, teamId, staffId, now: new Date() });
  });

  it('tells somebody that a case is theirs', async () => {
    const { reference, trackId } = await given.caseIn('acknowledged');
    await quiet();
    mail.received.length = 0;
    const { revision } = await given.track(reference);
    const assigned = await new AssignTrack(given.casework).run({
      actor: given.institution.supervisor,
      reference,
      track: trackId,
      assigneeId: given.institution.otherOfficer.staffId,
      seenRevision: revision,
      now: new Date(),
    });
    expect(assigned).toMatchObject({ ok: true });
    await waitFor('told', () => mail.received.length > 0);
    await quiet();
    expect(mail.received.map(({ to }) => to)).toEqual(['other.officer@recourse.example']);
  });

  it('sends one mail about a flood of messages of one case, and another when somebody has read it', async () => {
    const { reference, receipt } = await given.caseIn('acknowledged');
    const { id: trackId, caseId, assigneeId } = await given.track(reference);
    await given.owner.query('UPDATE track SET assignee_id = $2 WHERE id = $1', [trackId, given.institution.officer.staffId]);
    await quiet();
    mail.received.length = 0;
    const message = (now: Date) =>
      new SendComplaintMessage(given.intake, given.institution.secrets).run({
        digits: receipt,
        clientKey: randomUUID(),
        body: 'Help.',
        now,
      });
    const toOfficer = () => mail.for('officer@recourse.example').filter(({ raw }) => raw.includes(`${reference}: the complainant wrote`));
    const handled = () =>
      waitFor('every message was told of', async () => {
        const rows = await given.owner.query<unknown[]>(
          `SELECT 1 FROM outbox_message WHERE topic = 'message_received' AND payload ->> 'caseId' = $1 AND done_at IS NULL`,
          [caseId],
        );
        return rows.length === 0;
      });
    await Promise.all(Array.from({ length: 40 }, () => message(new Date())));
    await handled();
    await waitFor('told', () => toOfficer().length > 0);
    const unread = await given.owner.query<unknown[]>('SELECT 1 FROM message WHERE case_id = $1 AND first_read_at IS NULL', [caseId]);
    expect(unread).toHaveLength(40);
    const read = { actor: given.institution.officer, reference, now: new Date() };
    expect(await new MarkRead(given.casework).run(read)).toEqual({ ok: true });
    await message(new Date());
    await waitFor('told once more', () => toOfficer().length > 1);
    // What may still wait for half an hour is superfluous by now: it is looked at now instead.
    await given.owner.query('UPDATE outbox_message SET available_at = now() WHERE done_at IS NULL AND handed_at IS NULL');
    await quiet();
    expect(toOfficer()).toHaveLength(2);
    await given.owner.query('UPDATE track SET assignee_id = $2 WHERE id = $1', [trackId, assigneeId]);
  }, 60_000);

  it('nudges a complainant on the route they chose, neutrally, and nobody who chose none', async () => {
    const contact = { email: 'amina@phone.example', neutral: true, language: 'ar' };
    const neutral = await given.filed({ complaint: { ...GIVEN_COMPLAINT, contact } });
    const silent = await given.filed();
    await quiet();
    mail.received.length = 0;
    await write(silent.reference);
    await write(neutral.reference);
    await waitFor('nudged', () => mail.received.length > 0);
    await quiet();
    expect(mail.received.map(({ to }) => to)).toEqual(['amina@phone.example']);
    const raw = mail.received[0]?.raw ?? '';
    expect(raw).toContain('Content-Language: ar');
    expect(raw).toContain('From: desk@institution.example\r\n');
    expect(raw).not.toMatch(/Example Association|RC-|http|papers/);
  });

  it('waits until quiet hours are over', async () => {
    const hour = (offset: number) => new Date(Date.now() + offset * 3_600_000).toISOString().slice(11, 16);
    const quietHours = { from: hour(-1), until: hour(1), timeZone: 'UTC' };
    const contact = { email: 'night@phone.example', neutral: false, quiet: quietHours };
    const { reference } = await given.filed({ complaint: { ...GIVEN_COMPLAINT, contact } });
    await quiet();
    await write(reference);
    const postponed = await waitFor('postponed', async () => {
      const rows = await given.owner.query<{ at: Date; attempts: number; handed: Date | null }[]>(
        `SELECT available_at AS at, attempts, handed_at AS handed FROM outbox_message
         WHERE done_at IS NULL AND available_at > now() + interval '1 minute'`,
      );
      return rows[0];
    });
    expect(postponed.at.toISOString().slice(11, 16)).toBe(quietHours.until);
    expect(postponed).toMatchObject({ attempts: 0, handed: null });
    expect(mail.for('night@phone.example')).toEqual([]);
    await given.owner.query('UPDATE contact_route SET quiet_from = NULL, quiet_until = NULL');
    await given.owner.query('UPDATE outbox_message SET available_at = now() WHERE done_at IS NULL');
    await waitFor('sent', () => mail.for('night@phone.example').length === 1);
  });

  it('tries again when the mail server is busy, and sends one mail', async () => {
    let refusals = 2;
    mail.refuse = (address) => (address === 'officer@recourse.example' && refusals-- > 0 ? 451 : undefined);
    await given.filed();
    await waitFor('sent in the end', () => mail.for('officer@recourse.example').length > 0);
    await quiet();
    expect(mail.for('officer@recourse.example')).toHaveLength(1);
    const [row] = await given.owner.query<{ attempts: number; state: string }[]>(
      `SELECT n.attempts, n.state FROM notification n JOIN staff_member s ON s.id = n.recipient_id
       WHERE s.sign_in_name = 'officer' ORDER BY n.created_at DESC LIMIT 1`,
    );
    expect(row).toEqual({ attempts: 3, state: 'sent' });
  });

  it('shows a person what the mail server refuses for good, in the record and as a failed notification', async () => {
    mail.refuse = (address) => (address === 'director@recourse.example' ? 550 : undefined);
    const { reference } = await given.filed();
    await waitFor('set aside', async () => {
      const rows = await given.owner.query<{ code: string }[]>(
        `SELECT e.payload ->> 'errorCode' AS code FROM case_event e JOIN case_file f ON f.id = e.case_id
         WHERE f.reference = $1 AND e.type = 'notification_failed'`,
        [reference],
      );
      return rows.length > 0 && rows.every(({ code }) => code === 'smtp_550');
    });
    await quiet();
    const rows = await given.owner.query<{ attempts: number; code: string }[]>(
      'SELECT attempts, last_error_code AS code FROM outbox_message WHERE set_aside_at IS NOT NULL',
    );
    expect(rows).toEqual([{ attempts: 1, code: 'smtp_550' }]);
    await given.owner.query('DELETE FROM outbox_message WHERE set_aside_at IS NOT NULL');
  });

  it('gives up a mail after the last attempt, says so in the record, and sends it once somebody has it tried again', async () => {
    mail.refuse = (address) => (address === 'director@recourse.example' ? 451 : undefined);
    const { reference } = await given.filed();
    const [failed] = await waitFor('given up', async () => {
      const rows = await given.owner.query<{ payload: unknown }[]>(
        `SELECT e.payload FROM case_event e JOIN case_file f ON f.id = e.case_id
         WHERE f.reference = $1 AND e.type = 'notification_failed'`,
        [reference],
      );
      return rows.length > 0 && rows;
    });
    expect(failed?.payload).toMatchObject({ errorCode: 'smtp_451' });
    await quiet();
    mail.refuse = () => undefined;
    mail.received.length = 0;
    const actor = given.institution.administrator;
    const { items } = await new ListSetAside(given.casework, given.institution.rules).run({ actor });
    expect(items).toMatchObject([{ work: 'task', code: 'notification_due', errorCode: 'smtp_451', reference }]);
    const tryAgain = new TryAgain(given.casework);
    expect(await tryAgain.run({ actor, work: 'task', id: items[0]?.id ?? '', now: new Date() })).toEqual({ ok: true });
    await waitFor('sent after all', () => mail.for('director@recourse.example').length === 1, 40_000);
    await quiet();
    expect((await new ListSetAside(given.casework, given.institution.rules).run({ actor })).items).toEqual([]);
  });

  it('fires a clock on time and tells whoever the procedure names', async () => {
    const { reference } = await given.filed();
    await quiet();
    mail.received.length = 0;
    await given.owner.query(
      `UPDATE deadline SET started_at = started_at - interval '40 days', due_at = now() - interval '1 second', next_fire_at = now(), level =
         (SELECT 1) WHERE track_id IN (SELECT t.id FROM track t JOIN case_file f ON f.id = t.case_id WHERE f.reference = $1)`,
      [reference],
    );
    await waitFor('somebody was told', () => mail.received.some(({ raw }) => raw.includes(`${reference}: late since`)));
    await quiet();
    const events = await given.owner.query<{ type: string }[]>(
      `SELECT e.type FROM case_event e JOIN case_file f ON f.id = e.case_id WHERE f.reference = $1 AND e.type LIKE 'clock%' ORDER BY seq`,
      [reference],
    );
    expect(events.map(({ type }) => type)).toEqual(['clock_started', 'clock_ran_out']);
  });

  it('says in one mail what passed while nothing ran, in the language of the reader', async () => {
    const language = (tag: string) => given.owner.query(`UPDATE staff_member SET language = $1 WHERE sign_in_name = 'supervisor'`, [tag]);
    const { reference } = await given.filed();
    await quiet();
    mail.received.length = 0;
    await language('ar');
    try {
      await given.owner.query(
        `UPDATE deadline SET started_at = '2026-03-02T07:00Z', due_at = '2026-03-09T22:59:59.999Z', next_fire_at = now()
         WHERE track_id IN (SELECT t.id FROM track t JOIN case_file f ON f.id = t.case_id WHERE f.reference = $1)`,
        [reference],
      );
      const { raw } = await waitFor('told', () => mail.for('supervisor@recourse.example')[0]);
      await quiet();
      expect(raw).toContain('Content-Language: ar');
      const text = textOf(raw);
      expect(text).toContain(reference);
      expect(text).toContain('المرحلة: واردة');
      expect(text).toMatch(/كان الموعد: .*2026/);
      expect(text.match(/^- .*2026/gm)?.length).toBeGreaterThanOrEqual(5);
      expect(mail.for('supervisor@recourse.example')).toHaveLength(1);
    } finally {
      await language('en');
    }
  });

  it('rebuilds a queue that was emptied under its feet', async () => {
    mail.refuse = () => 451;
    const { reference } = await given.filed();
    await waitFor('an attempt was made', async () => {
      const rows = await given.owner.query<unknown[]>('SELECT 1 FROM outbox_message WHERE attempts > 0 AND done_at IS NULL');
      return rows.length > 0;
    });
    await backend().empty();
    mail.refuse = () => undefined;
    await waitFor('told all the same', () => mail.received.filter(({ raw }) => raw.includes(reference)).length === 4, 20_000);
    await quiet();
    expect(mail.received.filter(({ raw }) => raw.includes(reference))).toHaveLength(4);
  }, 40_000);

  it('says on its readiness page what it needs and lacks', async () => {
    const server = app.getHttpServer() as Parameters<typeof request>[0];
    const ready = { status: 'ok', checks: { database: 'ok', database_disk: 'ok', queue: 'ok', mail: 'ok' } };
    await request(server).get('/health/ready').expect(200, ready);
    await request(server).get('/health/live').expect(200);
    const { text } = await request(server).get('/metrics').expect(200);
    expect(text).toMatch(/^recourse_clocks_fired_total\{kind="due"\} [1-9]/m);
    expect(text).toMatch(/^recourse_mails_total\{kind="staff_new_complaint",outcome="accepted"\} \d+/m);
    expect(text).not.toMatch(/RC-|@|officer/);
  });

  it('resumes by itself after the database was away', async () => {
    const server = app.getHttpServer() as Parameters<typeof request>[0];
    await backend().databaseGate.shut();
    const { body, status } = await request(server).get('/health/ready');
    expect({ status, database: (body as { checks: Record<string, string> }).checks['database'] }).toEqual({
      status: 503,
      database: 'unavailable',
    });
    const { reference } = await given.filed();
    await backend().databaseGate.open();
    await waitFor('ready again', async () => (await request(server).get('/health/ready')).status === 200, 20_000);
    await quiet();
    expect(mail.received.filter(({ raw }) => raw.includes(reference))).toHaveLength(4);
  }, 60_000);
});
