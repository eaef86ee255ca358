/** Joins a script and what it imports into one text (see join-modules.mjs). */
export function joinModules(entry: string, root: string): string;
