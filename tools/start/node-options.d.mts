/** What the launcher's own Node was told that is meant for the programs it starts as well (see node-options.mjs). */
export function optionsForPrograms(given?: readonly string[]): readonly string[];
