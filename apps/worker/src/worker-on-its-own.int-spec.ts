import type { INestApplication } from '@nestjs/common';
import { describeOnBothBackends, Given, waitFor } from '@recourse/testing';
import request from 'supertest';

import { MailServer } from '../test-support/mail-server';
import { startWorker } from '../test-support/start-worker';

describeOnBothBackends('a worker on its own', (backend) => {
  let given: Given;
  let mail: MailServer;
  let smtpUrl: string;
  let app: INestApplication | undefined;
  beforeAll(async () => {
    given = await Given.in(backend().database);
    mail = new MailServer();
    smtpUrl = await mail.start();
  }, 60_000);
  afterEach(async () => {
    await app?.close();
    app = undefined;
  }, 30_000);
  afterAll(() => mail.stop());

  it('starts although database and queue are away, and begins when they come', async () => {
    await backend().databaseGate.shut();
    await backend().queueGate.shut();
    app = await startWorker(backend(), given, smtpUrl);
    const server = app.getHttpServer() as Parameters<typeof request>[0];
    const { body } = await request(server).get('/health/ready').expect(503);
    expect(body).toEqual({
      status: 'unavailable',
      checks: { database: 'unavailable', database_disk: 'unavailable', queue: 'unavailable', mail: 'ok' },
    });
    await given.filed();
    await backend().databaseGate.open();
    await backend().queueGate.open();
    await waitFor('the desk was told', () => mail.received.length === 4, 20_000);
  }, 60_000);

  it('fires a clock on the second, long before the next sweep', async () => {
    const { reference, trackId } = await given.filed();
    app = await startWorker(backend(), given, smtpUrl, 60);
    const dueAt = new Date(Date.now() + 3_000);
    await given.owner.query('UPDATE deadline SET due_at = $2, next_fire_at = $2, level = 1 WHERE track_id = $1', [trackId, dueAt]);
    await given.owner.query(
      `INSERT INTO outbox_message (id, topic, payload, created_at, available_at)
       SELECT gen_random_uuid(), 'deadline_changed', jsonb_build_object('deadlineId', id), now(), now() FROM deadline WHERE track_id = $1`,
      [trackId],
    );
    await given.owner.query('NOTIFY recourse_outbox');
    const fired = await waitFor('fired', async () => {
      const rows = await given.owner.query<{ at: Date }[]>(
        `SELECT e.occurred_at AS at FROM case_event e JOIN case_file f ON f.id = e.case_id
         WHERE f.reference = $1 AND e.type = 'clock_ran_out'`,
        [reference],
      );
      return rows[0];
    });
    expect(fired.at.getTime()).toBeGreaterThanOrEqual(dueAt.getTime());
    expect(fired.at.getTime() - dueAt.getTime()).toBeLessThan(5_000);
  }, 60_000);
});
