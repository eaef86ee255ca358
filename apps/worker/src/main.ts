import 'reflect-metadata';

import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { settingsOrExit, workerSettings } from '@recourse/config';
import { ProcessLog } from '@recourse/web';

import { WorkerModule } from './worker.module';

/** After a signal the process ends within ten seconds, whatever still hangs: an interrupted job is taken up again. */
const LONGEST_GOODBYE_MS = 9_000;

async function start(): Promise<void> {
  const settings = settingsOrExit(workerSettings, process.env);
  const app = await NestFactory.create(WorkerModule.with(settings), { logger: new ProcessLog(settings.logLevel), bodyParser: false });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        new Logger('Worker').warn('Still busy after nine seconds; ending all the same, unfinished jobs are taken up again');
        process.exit(0);
      }, LONGEST_GOODBYE_MS).unref();
    });
  }
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.listen(settings.port, settings.host);
}

void start();
