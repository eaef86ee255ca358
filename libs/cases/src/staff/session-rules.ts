/** How long a sign-in lasts. Provide one built from the casework settings. */
export class SessionRules {
  /**
   * @param hours from sign-in to the end of the session, whatever happens in it
   * @param idleMinutes from one request to the end of the session, if none follows
   */
  constructor(
    readonly hours: number,
    readonly idleMinutes: number,
  ) {}

  /** When a session is over in which something was asked for now. */
  idleAt(now: Date): Date {
    return new Date(now.getTime() + this.idleMinutes * 60_000);
  }
}
