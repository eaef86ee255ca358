/** What the public door seals into pages and cookies with, and for how long. Made from its settings, once. */
export class IntakeSecrets {
  constructor(
    /** RECOURSE_INTAKE_SECRET, 32 bytes: drafts and receipts in cookies, under a purpose each. */
    readonly secret: Buffer,
    /** How long a page of the form may stay open before its answers are to be looked over again. */
    readonly formHours: number,
    /** How long a complaint stays open on a device without a new page. */
    readonly receiptMinutes: number,
  ) {}
}
