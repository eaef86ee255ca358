/**
 * The secrets of the public door. Provide one built from the intake settings; no other process may know them.
 */
export class FilingSecrets {
  /**
   * @param pepper 32 bytes: guards receipt look-up and the complainant's key pair
   * @param receiptSecret 32 bytes: from which receipts are derived, together with the client's own key
   */
  constructor(
    readonly pepper: Buffer,
    readonly receiptSecret: Buffer,
  ) {}
}
