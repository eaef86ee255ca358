import { join } from 'node:path';

import { Logger, type Provider } from '@nestjs/common';
import { RuleBook } from '@recourse/cases';
import { projectRoot, type WorkerSettings } from '@recourse/config';
import { FileMailer, Mailer, parseSender, SmtpMailer, TemplateCatalogue } from '@recourse/notify';

import { ClockWords } from './notifications/clock-words';
import { NotificationSender } from './notifications/notification-sender';

/** Folder of the templates of all languages, below the root of the project. */
export const TEMPLATES_FOLDER = 'libs/notify/templates';

/**
 * What writes and sends notifications. A template that is missing or wrong keeps the application from starting.
 * @param settings of the worker
 */
export function mailProviders(settings: WorkerSettings): Provider[] {
  return [
    { provide: Mailer, useFactory: () => mailer(settings) },
    { provide: TemplateCatalogue, useFactory: () => new TemplateCatalogue(join(projectRoot, TEMPLATES_FOLDER), settings.languages) },
    { provide: ClockWords, inject: [RuleBook], useFactory: (ruleBook: RuleBook) => new ClockWords(ruleBook, settings.timeZone) },
    {
      provide: NotificationSender,
      inject: [TemplateCatalogue, Mailer, ClockWords],
      useFactory: (templates: TemplateCatalogue, chosen: Mailer, clockWords: ClockWords) =>
        new NotificationSender(settings, templates, chosen, clockWords),
    },
  ];
}

function mailer({ smtpUrl, mailFrom, dataDir }: WorkerSettings): Mailer {
  const sender = parseSender(mailFrom);
  if (smtpUrl !== undefined) {
    return new SmtpMailer({ url: smtpUrl, sender });
  }
  const logger = new Logger('Mail');
  return new FileMailer({ folder: join(dataDir, 'mail'), sender, log: (line) => logger.log(line) });
}
