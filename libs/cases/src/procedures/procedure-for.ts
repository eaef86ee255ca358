/** On which procedure complaints begin for as long as nobody has decided: the one that setting an institution up publishes. */
const UNDECIDED = 'remedy';

/**
 * The code of the procedure on which a complaint begins.
 * @param decided what was decided, one row for each kind; null is the kind of all that have none of their own
 * @param kind of the complaint; what holds for all others unless given
 */
export function procedureFor(decided: readonly { readonly kind: string | null; readonly procedure: string }[], kind?: string): string {
  const own = kind === undefined ? undefined : decided.find((one) => one.kind === kind);
  return (own ?? decided.find((one) => one.kind === null))?.procedure ?? UNDECIDED;
}
