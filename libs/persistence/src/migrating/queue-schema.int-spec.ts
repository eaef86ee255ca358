import { testDatabase, waitFor } from '@recourse/testing';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Pool } from 'pg';

import { migrate } from './migrate';

const database = testDatabase();

/** The private database is dropped as soon as the tests are over; a connection that is still on its way out hears of that, and nobody is to blame. */
function unheard(): void {
  return;
}

describe('the queue’s own schema', () => {
  it('lets the worker’s role do everything a queue does: plain, bulk, delayed, scheduled, failing and cleaned jobs', async () => {
    const connection = { connectionString: database.urlOf('worker'), schema: 'bullmq' };
    const queue = new Queue('grants', { connection }, createPostgresBackend);
    const done: string[] = [];
    const worker = new Worker(
      'grants',
      async (job) => {
        if (job.name === 'bad' && job.attemptsMade === 0) {
          throw new Error('once');
        }
        done.push(job.name);
      },
      { connection },
      createPostgresBackend,
    );
    queue.on('error', unheard);
    worker.on('error', unheard);
    try {
      await queue.waitUntilReady();
      await queue.add('plain', {});
      await queue.add('named', {}, { jobId: 'a-name' });
      await queue.add('delayed', {}, { delay: 50 });
      await queue.add('bad', {}, { attempts: 2, backoff: { type: 'fixed', delay: 10 } });
      await queue.addBulk([
        { name: 'bulk', data: {} },
        { name: 'bulk', data: {}, opts: { jobId: 'b-name' } },
      ]);
      await queue.upsertJobScheduler('often', { every: 60_000 }, { name: 'scheduled' });
      await waitFor('all jobs are done', () => done.length >= 7);
      expect([...done].sort()).toEqual(['bad', 'bulk', 'bulk', 'delayed', 'named', 'plain', 'scheduled']);
      expect((await queue.getWorkers()).length).toBeGreaterThan(0);
      await queue.removeJobScheduler('often');
      await queue.pause();
      await queue.obliterate({ force: true });
      expect(await queue.getJobCounts()).toMatchObject({ completed: 0, waiting: 0 });
    } finally {
      await worker.close();
      await queue.close();
    }
  });

  it('is migrated again without harm once the worker has made sequences of its own in it', async () => {
    expect(await migrate(database.urlOf('owner'))).toMatchObject({ applied: [] });
  });

  it('cannot be migrated or seen by anybody else', async () => {
    for (const role of ['intake', 'casework'] as const) {
      const pool = new Pool({ connectionString: database.urlOf(role), max: 1 }).on('error', unheard);
      try {
        await expect(pool.query('SELECT FROM bullmq.job')).rejects.toThrow('permission denied for schema bullmq');
        await expect(pool.query(`SELECT bullmq.next_job_id('grants')`)).rejects.toThrow('permission denied for schema bullmq');
      } finally {
        await pool.end();
      }
    }
    const pool = new Pool({ connectionString: database.urlOf('worker'), max: 1 }).on('error', unheard);
    try {
      await expect(pool.query('UPDATE bullmq.migration SET version = 0')).rejects.toThrow('permission denied for table migration');
    } finally {
      await pool.end();
    }
  });
});
