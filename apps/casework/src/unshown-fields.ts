/** Fields of the staff's forms in which nobody types: not shown under "What you wrote" when a form is refused. A test compares them with the pages. */
export const unshownFields: readonly string[] = [
  // Carried by the page.
  'seenRevision',
  'seenSeq',
  'clientKey',
  'next',
  'kept',
  'lookOver',
  // Pressed or chosen.
  'answer',
  'assigneeId',
  'outcome',
  'teamRole',
];
