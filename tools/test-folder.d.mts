/** Makes a folder for what a run of the tests throws away (see test-folder.mjs). */
export function makeTestFolder(memory?: string): string;
