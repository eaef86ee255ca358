/** The rules of a case are not what was published: for `Refuses(503, unreadableRules)`. */
export const unreadableRules = {
  rules_unreadable:
    'its procedure, or a calendar that this names, is not what was published; nothing was stored, and trying again does not help before whoever runs the installation has restored it',
};

/** What an item of a list says of them: for `@ApiProperty(rulesReadable)`. */
export const rulesReadable = {
  description:
    'False when its procedure, or a calendar that this names, is not what was published: names and days are absent then, and nobody can act on it. Tell whoever runs the installation.',
};
