import type { EntityManager } from 'typeorm';

import type { TrainingTime } from '@recourse/clock';
import type { DeliveryOutcome, NotificationToSend } from '@recourse/cases';
import { CannotSucceedError } from '@recourse/messaging';
import {
  isNotificationKind,
  nextContactAt,
  type Mailer,
  type NotificationKind,
  type QuietHours,
  type TemplateCatalogue,
} from '@recourse/notify';
import { keyPairFrom, openSealedText, type KeyPair } from '@recourse/vault';

import type { ClockWords } from './clock-words';

/** What the sender needs to know of the installation. */
export interface SenderOptions {
  readonly publicUrl: string;
  readonly caseworkUrl: string;
  readonly institutionName: string;
  /** Used for complainants who chose quiet hours without saying where they are. */
  readonly timeZone: string;
  /** X25519 secret half of the worker's key: opens contact routes and nothing else. */
  readonly secretKey: Buffer;
  /** Present in a training workspace: every mail says so first. */
  readonly trainingTime: TrainingTime | undefined;
}

/** Writes a notification in the recipient's language and hands it to the mailer. Texts and addresses stay in here. */
export class NotificationSender {
  readonly #keys: KeyPair;

  constructor(
    private readonly options: SenderOptions,
    private readonly templates: TemplateCatalogue,
    private readonly mailer: Mailer,
    private readonly clockWords: ClockWords,
  ) {
    this.#keys = keyPairFrom(options.secretKey);
  }

  /**
   * @param tx the transaction that holds the notification
   * @param toSend the notification with everything it needs
   * @param now to see whether a complainant may be contacted
   * @returns what the mail server said, or `later` during quiet hours
   * @throws CannotSucceedError for a kind that this release does not know
   */
  async send(tx: EntityManager, toSend: NotificationToSend, now: Date): Promise<DeliveryOutcome> {
    const { kind } = toSend.notification;
    if (!isNotificationKind(kind)) {
      throw new CannotSucceedError('notification_kind_unknown');
    }
    return toSend.recipientKind === 'staff' ? this.#sendToStaff(tx, kind, toSend) : this.#sendToComplainant(kind, toSend, now);
  }

  async #sendToStaff(tx: EntityManager, kind: NotificationKind, toSend: ToStaff): Promise<DeliveryOutcome> {
    const { addressee, reference, notification } = toSend;
    const language = this.templates.languageFor(addressee.language);
    const params = {
      ...(reference === undefined ? {} : { reference, link: `${this.options.caseworkUrl}/cases/${encodeURIComponent(reference)}` }),
      accountLink: `${this.options.caseworkUrl}/account`,
      setAsideLink: `${this.options.caseworkUrl}/set-aside`,
      ...(await this.clockWords.about(tx, toSend, language)),
    };
    return this.#mail(kind, language, params, {
      notificationId: notification.id,
      to: addressee.email,
      isNeutral: false,
      recipientRole: addressee.role,
    });
  }

  async #sendToComplainant(kind: NotificationKind, { route, notification }: ToComplainant, now: Date): Promise<DeliveryOutcome> {
    const at = nextContactAt(now, this.#quietHours(route));
    if (at > now) {
      return { kind: 'later', at };
    }
    const language = this.templates.languageFor(route.language);
    const params = { institution: this.options.institutionName, address: `${this.options.publicUrl}/return` };
    return this.#mail(kind, language, params, {
      notificationId: notification.id,
      to: openSealedText(this.#keys, route.sealedAddress),
      isNeutral: route.neutral,
      recipientRole: 'complainant',
    });
  }

  #quietHours({ quietFrom, quietUntil, timeZone }: ToComplainant['route']): QuietHours | undefined {
    return quietFrom === null || quietUntil === null
      ? undefined
      : { from: quietFrom, until: quietUntil, timeZone: timeZone ?? this.options.timeZone };
  }

  async #mail(
    kind: NotificationKind,
    language: string,
    params: Readonly<Record<string, string>>,
    envelope: { readonly notificationId: string; readonly to: string; readonly isNeutral: boolean; readonly recipientRole: string },
  ): Promise<DeliveryOutcome> {
    // What a kind needs and does not get is found at rendering, with file and line; the templates were checked against the kinds at boot.
    const { subject, body } = this.templates.render(kind, language, params);
    const text = this.options.trainingTime === undefined ? body : `${this.templates.trainingLine(language)}\n\n${body}`;
    return this.mailer.send({ ...envelope, kind, subject, text, language });
  }
}

type ToStaff = Extract<NotificationToSend, { recipientKind: 'staff' }>;
type ToComplainant = Extract<NotificationToSend, { recipientKind: 'complainant' }>;
