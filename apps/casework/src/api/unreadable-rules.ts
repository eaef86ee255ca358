/** The rules of a case are not what was published: for `Refuses(503, unreadableRules)`. */
export const unreadableRules = {
  rules_unreadable:
    'its procedure, or a calendar that this names, is not what was published; nothing was stored, and trying again does not help before whoever runs the installation has restored it',
};
