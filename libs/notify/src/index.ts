export { nextContactAt } from './contact-hours';
export type { QuietHours } from './contact-hours';
export { FileMailer } from './file-mailer';
export type { FileMailerOptions } from './file-mailer';
export { messageId, parseSender } from './mail-message';
export type { Sender } from './mail-message';
export { Mailer } from './mailer';
export type { Delivery, Mail } from './mailer';
export {
  ALL_NOTIFICATION_KINDS,
  isNotificationKind,
  NOTIFICATION_KINDS,
  recipientKindOf,
} from './notification-kinds';
export type { NotificationKind, NotificationParams, RecipientKind } from './notification-kinds';
export { SmtpMailer } from './smtp-mailer';
export type { SmtpMailerOptions } from './smtp-mailer';
export { Template, TemplateError } from './template';
export { TemplateCatalogue, TemplateCatalogueError } from './template-catalogue';
export type { RenderedNotification } from './template-catalogue';
