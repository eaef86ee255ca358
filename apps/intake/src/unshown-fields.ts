/** The number opens a complaint: it is typed, and still not shown by a page about an error. */
export const typedSecrets: readonly string[] = ['number'];

/** Fields of the public forms that are not shown under "What you wrote" when a form is refused. A test compares them with the pages. */
export const unshownFields: readonly string[] = [
  ...typedSecrets,
  // Carried by the page.
  'draft',
  'step',
  'key',
  'goOnWith',
  'pass',
  'door',
  // Pressed or chosen.
  'go',
  'anonymity',
  'country',
  'danger',
  'harmed',
  'hours',
  'language',
  'neutral',
  'tellCompany',
  'unknown',
  'wanted',
];
