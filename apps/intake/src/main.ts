import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { intakeSettings, settingsOrExit } from '@recourse/config';
import { ProcessLog, startOrExit } from '@recourse/process';
import { configureWeb } from '@recourse/web';
import { IntakeModule } from './intake.module';

/** Starts the public door. A setting that is wrong, or a database that somebody has to put right, ends the process before anything is opened. */
async function start(): Promise<void> {
  const settings = settingsOrExit(intakeSettings, process.env);
  const app = await NestFactory.create<NestExpressApplication>(IntakeModule.forRoot(settings), {
    bodyParser: false,
    abortOnError: false,
    logger: new ProcessLog(settings.logLevel),
  });
  configureWeb(app);
  app.enableShutdownHooks();
  await app.listen(settings.port, settings.host);
  new Logger('Intake').log(`The public door is open at ${settings.publicUrl}`);
}

void startOrExit('public door', 'RECOURSE_INTAKE_DATABASE_URL', start);
