/** Wording of an invented procedure, as its document has it: in English alone. */
export const said = (en: string): string => `{ en: ${en} }`;
