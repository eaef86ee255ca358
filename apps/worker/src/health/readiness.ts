import { nowAndThen, type ReadinessCheck } from '@recourse/process';
import type { PayloadQueue } from '@recourse/messaging';
import type { Mailer } from '@recourse/notify';

import type { PatientDatabase } from '../database/patient-database';

/** How often this process looks whether the database's disk is full. Milliseconds. */
const DISK_EVERY_MS = 10_000;

/**
 * What the worker cannot work without, each asked by using it.
 * @param database the database
 * @param queue any of the queues; they live on one server
 * @param mailer the mail server or the folder for mail
 */
export function readinessChecks(database: PatientDatabase, queue: PayloadQueue<'outbox'>, mailer: Mailer): readonly ReadinessCheck[] {
  return [
    { name: 'database', check: () => database.check() },
    { name: 'database_disk', check: nowAndThen(() => database.checkDisk(), DISK_EVERY_MS) },
    { name: 'queue', check: () => queue.count() },
    { name: 'mail', check: () => isTrue(mailer.isReady()) },
  ];
}

async function isTrue(answer: Promise<boolean>): Promise<void> {
  if (!(await answer)) {
    throw new Error('mail cannot be sent now');
  }
}
