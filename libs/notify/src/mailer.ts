/** One mail, complete. It is never logged. */
export interface Mail {
  /** `notification.id`. Names the mail for good: the same notification always has the same Message-ID. */
  readonly notificationId: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** BCP 47 tag, for `Content-Language`. */
  readonly language: string;
  /** True when the sender's display name must not appear: only the bare address is given. */
  readonly isNeutral: boolean;
  /** For the console and metrics: the kind of notification and who gets it, without any address. */
  readonly kind: string;
  readonly recipientRole: string;
}

/** What became of a mail. Codes are `snake_case` and hold nothing of the server's text, which quotes addresses. */
export type Delivery =
  | { readonly kind: 'accepted' }
  /** It may work later: the server is busy, away, or does not let us in. */
  | { readonly kind: 'refused_for_now'; readonly code: string }
  /** The server says that it will never take this mail for this address. */
  | { readonly kind: 'refused_for_good'; readonly code: string };

/** Sends mail. A port: by SMTP in production, into files in the embedded default. */
export abstract class Mailer {
  /** Sends one mail. Refusals are values; only mistakes of ours throw. */
  abstract send(mail: Mail): Promise<Delivery>;

  /** Tells whether mail can be sent right now, for the readiness page. Never throws. */
  abstract isReady(): Promise<boolean>;

  /** Gives back connections. */
  abstract close(): Promise<void>;
}
