import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { workerSettings } from '@recourse/config';
import type { BackendUnderTest, Given } from '@recourse/testing';

import { DEFAULT_TIMES } from '../src/work.providers';
import { WorkerModule } from '../src/worker.module';

/** As in production, in less time. */
const TIMES = {
  ...DEFAULT_TIMES,
  relay: { ...DEFAULT_TIMES.relay, pollEveryMs: 200, unfinishedAfterMs: 1_500 },
  retry: { attempts: 4, firstPauseMs: 200, longestPauseMs: 1_000 },
};

/**
 * Starts a whole worker in this process.
 * @param sweepSeconds pause between two sweeps; long when a test asks what the queue alone does
 */
export async function startWorker(backend: BackendUnderTest, given: Given, smtpUrl: string, sweepSeconds = 1): Promise<INestApplication> {
  const { databaseUrl, redisUrl } = backend.settings;
  const settings = workerSettings({
    RECOURSE_MODE: 'test',
    RECOURSE_WORKER_DATABASE_URL: databaseUrl,
    RECOURSE_WORKER_SECRET_KEY: given.institution.worker.secretKey.toString('hex'),
    RECOURSE_SMTP_URL: smtpUrl,
    RECOURSE_MAIL_FROM: 'Example Association <desk@institution.example>',
    RECOURSE_SWEEP_SECONDS: String(sweepSeconds),
    ...(redisUrl === undefined ? {} : { RECOURSE_REDIS_URL: redisUrl }),
  });
  const testing = await Test.createTestingModule({ imports: [WorkerModule.with(settings, TIMES)] }).compile();
  const app = testing.createNestApplication({ logger: false });
  await app.init();
  return app;
}
