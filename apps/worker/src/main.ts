import 'reflect-metadata';

import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { settingsOrExit, workerSettings } from '@recourse/config';
import { ProcessLog, startOrExit } from '@recourse/process';

import { WorkerModule } from './worker.module';

/** After a signal the process ends within ten seconds, whatever still hangs: an interrupted job is taken up again. */
const LONGEST_GOODBYE_MS = 9_000;

/** Starts the worker. A setting, a template or a topic that is wrong ends the process before any work is begun. */
async function start(): Promise<void> {
  const settings = settingsOrExit(workerSettings, process.env);
  const app = await NestFactory.create<NestExpressApplication>(WorkerModule.with(settings), {
    logger: new ProcessLog(settings.logLevel),
    bodyParser: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  process.once('SIGTERM', limitGoodbye);
  process.once('SIGINT', limitGoodbye);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.listen(settings.port, settings.host);
}

function limitGoodbye(): void {
  const end = () => {
    new Logger('Worker').warn('Still busy after nine seconds; ending all the same, unfinished jobs are taken up again');
    process.exit(0);
  };
  setTimeout(end, LONGEST_GOODBYE_MS).unref();
}

void startOrExit('worker', 'RECOURSE_WORKER_DATABASE_URL', start);
