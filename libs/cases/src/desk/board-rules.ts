/** What a supervisor's board calls too long. Provide one built from the casework settings. */
export class BoardRules {
  /** @param pausedTooLongDays a clock that has waited so many days is on the board, whatever it waits for: that it does is then worth a look */
  constructor(readonly pausedTooLongDays: number) {}
}
