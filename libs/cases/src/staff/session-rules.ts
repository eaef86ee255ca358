/** How long a sign-in lasts. Provide one built from the casework settings. */
export class SessionRules {
  /** @param hours from sign-in to the end of the session, whatever happens in it */
  constructor(readonly hours: number) {}
}
