/** The neutral page that "Leave this page" ends at, from the settings. */
export class ExitPage {
  constructor(readonly url: string) {}
}

/** Where the button itself leads: to us first, so that the cookies go. */
export const leavePath = '/leave';
