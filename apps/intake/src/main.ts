import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { intakeSettings, settingsOrExit } from '@recourse/config';
import { configureWeb, ProcessLog } from '@recourse/web';
import { IntakeModule } from './intake.module';

/** Starts the public door. A setting that is wrong ends the process before anything is opened. */
async function start(): Promise<void> {
  const settings = settingsOrExit(intakeSettings, process.env);
  const app = await NestFactory.create<NestExpressApplication>(IntakeModule.forRoot(settings), {
    bodyParser: false,
    logger: new ProcessLog(settings.logLevel),
  });
  configureWeb(app);
  app.enableShutdownHooks();
  await app.listen(settings.port, settings.host);
  new Logger('Intake').log(`The public door is open at ${settings.publicUrl}`);
}

void start();
