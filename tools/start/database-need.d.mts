/** Whether a command of the operator needs a database (see database-need.mjs). */
export function databaseNeed(words: readonly string[]): 'never' | 'if_there' | 'always';
