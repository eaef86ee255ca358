import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { caseworkSettings, settingsOrExit } from '@recourse/config';
import { ProcessLog, startOrExit } from '@recourse/process';
import { configureWeb } from '@recourse/web';
import { CaseworkModule } from './casework.module';

async function start(): Promise<void> {
  const settings = settingsOrExit(caseworkSettings, process.env);
  const app = await NestFactory.create<NestExpressApplication>(CaseworkModule.with(settings), {
    bodyParser: false,
    abortOnError: false,
    logger: new ProcessLog(settings.logLevel),
  });
  configureWeb(app);
  app.enableShutdownHooks();
  await app.listen(settings.port, settings.host);
}

void startOrExit('casework process', 'RECOURSE_CASEWORK_DATABASE_URL', start);
